using LoadGenerator;
using Microsoft.Extensions.Options;

// Shoppers for a running shop, and a check of the books at the end:
//   dotnet run --project tests/LoadGenerator -- --rate 5 --duration 00:02:00
// In AppHost, it is the resource `load`, with commands for the rate and the end.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Services.AddOptions<LoadOptions>().Bind(builder.Configuration).ValidateDataAnnotations().ValidateOnStart();
builder.Services.AddServiceDiscovery();
builder.Services.AddHttpClient(nameof(Load), (services, http) =>
{
    http.BaseAddress = services.GetRequiredService<IOptions<LoadOptions>>().Value.Shop;
    http.Timeout = TimeSpan.FromSeconds(30);
    // So that logs and traces show which requests are not of people.
    http.DefaultRequestHeaders.UserAgent.ParseAdd("Shop-LoadGenerator/1.0");
    http.DefaultRequestHeaders.Add("baggage", "synthetic=load");
}).AddServiceDiscovery();
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton(services => new Rate(services.GetRequiredService<IOptions<LoadOptions>>().Value.Rate));
builder.Services.AddSingleton<Measurements>();
builder.Services.AddSingleton<PlacedOrders>();
builder.Services.AddSingleton<Books>();
builder.Services.AddSingleton<CopyBooks>();
builder.Services.AddSingleton<Load>();
builder.Services.AddHostedService(services => services.GetRequiredService<Load>());

var app = builder.Build();
app.MapGet("/alive", () => "Alive");
app.MapGet("/report", (Measurements measurements) => measurements.Summaries);
app.MapPost("/rate", SetRate);
app.MapPost("/finish", (Load load) => load.Finish());
app.Run();

static IResult SetRate(double perSecond, Rate rate)
{
    if (perSecond is not (>= 0.01 and <= 1000))
    {
        return TypedResults.ValidationProblem(
            new Dictionary<string, string[]> { ["perSecond"] = ["must be from 0.01 to 1000 visits per second."] });
    }

    rate.PerSecond = perSecond;
    return TypedResults.Ok();
}
