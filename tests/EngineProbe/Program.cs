using System.Globalization;

// "apphost": an AppHost that tests may kill. Else: an app that tells what it was given, and crashes when asked.
if (args is ["apphost", ..])
{
    EngineProbe.KillableAppHost.Run(args[1..]);
    return;
}

var builder = WebApplication.CreateBuilder(args);
builder.Logging.ClearProviders();
var app = builder.Build();

app.MapGet("/health", () => "well");
app.MapGet("/environment", () => Environment.GetEnvironmentVariables());
app.MapGet("/arguments", () => args);
app.MapGet("/process", () => Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
app.MapGet("/folder", () => Directory.GetCurrentDirectory());
app.MapPost("/say", (string text) => Console.WriteLine(text));
app.MapPost("/crash", () => Environment.Exit(3));

app.Run();
