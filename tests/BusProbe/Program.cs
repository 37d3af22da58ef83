using BusProbe;
using BusProbe.Postgres;
using BusProbe.Redis;
using EventBus;
using EventBus.AzureServiceBus;
using EventBus.Postgres;
using EventBus.RabbitMq;
using EventBus.Redis;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

// A service that tests start, halt, kill and freeze. Its name determines its role: Sales.Api publishes orders, Stock.Api handles them.
// Probe:Store is the store of its ledger, outbox and inbox, Probe:Release is its build. It logs to standard error.
var (clock, halts) = (new Clock(), new Halts());
var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = args[1..], ApplicationName = args[0] });
var probe = builder.Configuration.GetSection("Probe");
var ledger = builder.Configuration.GetConnectionString("ledger")!;
var isTomorrow = probe["Release"] == "next";
IBuild build = isTomorrow ? new TomorrowsBuild() : new TodaysBuild();

builder.Logging.ClearProviders()
    .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace)
    .SetMinimumLevel(LogLevel.Warning);
builder.Services.AddSingleton(clock).AddSingleton<TimeProvider>(clock).AddSingleton(halts).AddSingleton<CrashPoints>(halts);
builder.Services.AddSingleton<Conduct>().AddSingleton<Selling>().AddSingleton<Commands>().AddSingleton(build);

var bus = builder.AddEventBus(options => options.RetryDelays = probe.GetSection("RetryDelays").Get<TimeSpan[]>());
var isServiceBus = builder.Configuration.GetConnectionString("messaging")?.StartsWith("Endpoint=", StringComparison.Ordinal) is true;
_ = isServiceBus ? bus.UseAzureServiceBus("messaging") : bus.UseRabbitMq("messaging");
switch (probe["Store"], isTomorrow)
{
    case ("redis", _):
        builder.Services.AddSingleton<IConnectionMultiplexer>(_ => ConnectionMultiplexer.Connect(ledger));
        builder.Services.AddScoped<ILedger, RedisLedger>();
        bus.UseRedis();
        break;
    case (_, true):
        UsePostgres<TomorrowsLedgerContext>();
        break;
    default:
        UsePostgres<LedgerContext>();
        break;
}

if (args[0] == "Sales.Api")
{
    bus.Sends<ChargeOrder>(c => $"{c.OrderId}");
    build.DeclareSales(bus);
}
else
{
    bus.Handle<ChargeOrder, Charge>();
    build.DeclareStock(bus, probe.GetValue<bool>("InBatches"));
}

var host = builder.Build();
await using (var scope = host.Services.CreateAsyncScope())
{
    await scope.ServiceProvider.GetRequiredService<ILedger>().PrepareAsync();
}

await host.StartAsync();
Console.WriteLine("ready");
_ = host.Services.GetRequiredService<Commands>().ObeyAsync();
await host.WaitForShutdownAsync();
return 0;

void UsePostgres<TContext>() where TContext : LedgerContext
{
    builder.Services.AddDbContextPool<TContext>(options => options.UseNpgsql(ledger, npgsql => npgsql.EnableRetryOnFailure()));
    builder.Services.AddScoped<ILedger, PostgresLedger<TContext>>();
    bus.UsePostgres<TContext>();
}
