using System.Globalization;
using BusProbe;
using EventBus;
using EventBus.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

// A service that tests start, halt, kill and freeze. Its name says which: Sales.Api tells of orders, Stock.Api works on them. It takes
// commands on standard input, a line each, and answers on standard output; its log goes to standard error.
var (clock, halts, conduct) = (new Clock(), new Halts(), new Conduct());
var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = args[1..], ApplicationName = args[0] });
builder.Logging.ClearProviders().AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning);
builder.Services.AddSingleton<TimeProvider>(clock).AddSingleton(halts).AddSingleton<CrashPoints>(halts).AddSingleton(conduct).AddSingleton<Selling>();
builder.Services.AddDbContextPool<LedgerContext>(options => options
    .UseNpgsql(builder.Configuration.GetConnectionString("ledger"), npgsql => npgsql.EnableRetryOnFailure())
    .AddInterceptors(new HaltAfterCommit(halts)));

var bus = builder.AddEventBus("messaging", options => options.RetryDelays = builder.Configuration.GetSection("Probe:RetryDelays").Get<TimeSpan[]>())
    .UsePostgres<LedgerContext>();
if (args[0] == "Sales.Api")
{
    bus.Publishes<OrderChanged>(e => $"{e.OrderId}", awaitedBy: ["stock-api"]).Sends<ChargeOrder>(c => $"{c.OrderId}").Subscribe<StockTaken, NoteTaken>();
}
else
{
    bus.Subscribe<OrderChanged, TakeStock>(inBatches: builder.Configuration.GetValue<bool>("Probe:InBatches"))
        .Handle<ChargeOrder, Charge>()
        .Publishes<StockTaken>(e => $"{e.OrderId}", awaitedBy: ["sales-api"]);
}

var host = builder.Build();
await using (var scope = host.Services.CreateAsyncScope())
{
    await scope.ServiceProvider.GetRequiredService<LedgerContext>().Database.EnsureCreatedAsync();
}

await host.StartAsync();
Console.WriteLine("ready");
_ = ObeyAsync();
await host.WaitForShutdownAsync();
return 0;

async Task ObeyAsync()
{
    // Leaves the thread of the start: reading blocks.
    await Task.Yield();
    while (await Console.In.ReadLineAsync() is { } line)
    {
        _ = DoAsync(line.Split(' '));
    }
}

async Task DoAsync(string[] words)
{
    var numbers = words[1..].Select(word => int.TryParse(word, CultureInfo.InvariantCulture, out var number) ? number : 0).ToArray();
    switch (words[0])
    {
        case "die":
        case "halt":
            halts.Arm(words[1], numbers[1], die: words[0] == "die");
            Console.WriteLine("armed");
            break;
        case "go":
            halts.Go();
            break;
        case "sell":
            await host.Services.GetRequiredService<Selling>().SellAsync(numbers[0], numbers[1], numbers[2], CancellationToken.None);
            Console.WriteLine($"sold {words[1]}");
            break;
        case "poison":
            conduct.Poison[numbers[0]] = true;
            Console.WriteLine("armed");
            break;
        case "heal":
            conduct.Poison.Clear();
            break;
        case "delay":
            conduct.Delay = TimeSpan.FromMilliseconds(numbers[0]);
            Console.WriteLine("armed");
            break;
        case "jump":
            clock.Jump(TimeSpan.FromMinutes(numbers[0]));
            Console.WriteLine("jumped");
            break;
        case "replay":
            var replayed = await host.Services.GetRequiredService<DeadLetters>().ReplayAsync(new DeadLetterReplay { Queue = words[1] });
            Console.WriteLine($"replayed {replayed.Count}");
            break;
        case "health":
            var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Name == "eventbus");
            Console.WriteLine($"health {report.Status} {report.Entries["eventbus"].Description}");
            break;
    }
}
