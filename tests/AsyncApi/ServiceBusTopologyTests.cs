namespace AsyncApi;

public sealed class ServiceBusTopologyTests
{
    [Fact]
    public async Task Topology_SaysWhatTheServicesDeclare() => await Generated.EqualsAsync(
        ServiceBusTopology.Create(DeclaredService.All), "deploy", "azure", "servicebus-topology.json");

    /// <summary>Azure allows 50 characters in the name of a subscription or a rule.</summary>
    [Fact]
    public void Names_FitAzuresLimit()
    {
        var topology = ServiceBusTopology.Create(DeclaredService.All);

        var names = topology["rules"]!.AsArray().SelectMany(rule => new[] { (string)rule!["subscription"]!, (string)rule["name"]! });
        Assert.All(names, name => Assert.InRange(name.Length, 1, 50));
    }
}
