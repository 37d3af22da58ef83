using Benchmarks;
using Benchmarks.Catalog;
using Benchmarks.Checkout;
using Benchmarks.Flows;
using Benchmarks.Memory;
using Benchmarks.Messaging;
using Benchmarks.SignIn;
using Benchmarks.Soak;
using Benchmarks.Startup;

// dotnet run -c Release --project tests/Benchmarks -- eventbus | poison | catalog | checkout | flows | memory | soak | startup | sign-in
//     [--quick] [--json] [--only part,part] [--transport servicebus] [--minutes 30] [--replicas 2]
if (args is [RawServer.Command, var database])
{
    await RawServer.ServeAsync(database);
    return 0;
}

var options = BenchmarkOptions.Parse(args);
using var stop = new CancellationTokenSource(options.AtMost);
Console.CancelKeyPress += (_, signal) =>
{
    // Disposal stops the servers.
    signal.Cancel = true;
    stop.Cancel();
};

var report = new Report(options);
try
{
    switch (options.Name)
    {
        case "eventbus":
            await EventBusBenchmark.RunAsync(report, options, stop.Token);
            break;
        case "poison":
            await PoisonBenchmark.RunAsync(report, options, stop.Token);
            break;
        case "catalog":
            await CatalogBenchmark.RunAsync(report, options, stop.Token);
            break;
        case "checkout":
            await CheckoutBenchmark.RunAsync(report, options, stop.Token);
            break;
        case "flows":
            await FlowsBenchmark.RunAsync(report, options, stop.Token);
            break;
        case "memory":
            await MemoryBenchmark.RunAsync(report, options, stop.Token);
            break;
        case "sign-in":
            await SignInBenchmark.RunAsync(report, options, stop.Token);
            break;
        case "soak":
            return await SoakRun.RunAsync(report, options, stop.Token) ? 0 : 1;
        case "startup":
            await StartupBenchmark.RunAsync(report, options, stop.Token);
            break;
        default:
            Console.Error.WriteLine(
                "usage: dotnet run -c Release --project tests/Benchmarks -- eventbus | poison | catalog | checkout | flows | memory "
                + "| soak | startup | sign-in [--quick] [--json] [--only part,part] [--transport servicebus] [--minutes 30] "
                + "[--replicas 2]");
            return 2;
    }
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    Console.Error.WriteLine("Stopped before the end.");
    report.Print();
    return 1;
}

report.Print();
return 0;
