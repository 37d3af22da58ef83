using ServiceBusBroker;

namespace Journeys;

/// <summary>The whole system on a Service Bus namespace of the tests.</summary>
public class ShopOnServiceBus : Shop
{
    public TestServiceBus Broker { get; } = new();

    protected override string[] Settings =>
        ["--Shop:Broker=servicebus", $"--ConnectionStrings:messaging={Broker.ConnectionString}"];

    public override async ValueTask InitializeAsync()
    {
        Broker.CreateFromFile(Repository.PathOf("deploy", "azure", "servicebus-topology.json"));
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Broker.DisposeAsync();
    }
}
