using Servers;

namespace Journeys.FaultLab;

/// <summary>Starts a shop of its own, so it runs with tests/run-long.</summary>
public sealed class StopJourneys
{
    [Fact(Explicit = true)]
    public async Task No_process_stays_frozen_when_AppHost_stops()
    {
        var shop = new ShopWithFaultLab();
        await shop.InitializeAsync();
        var processes = ProcessTree.Under([shop.App.ProcessIdOf("ordering-api")!.Value, shop.App.ProcessIdOf("postgres")!.Value]);
        await shop.BeginAsync("ordering-api", "freeze", seconds: 600, TestContext.Current.CancellationToken);
        await shop.BeginAsync("postgres", "freeze", seconds: 600, TestContext.Current.CancellationToken);

        await shop.DisposeAsync();

        await Eventually.TrueAsync(() => !processes.Any(process => ProcessTree.IsAlive(process.Id)), "all processes have ended");
    }
}
