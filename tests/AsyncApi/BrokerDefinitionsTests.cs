using EventBus.Messages;

namespace AsyncApi;

public sealed class BrokerDefinitionsTests
{
    [Fact]
    public async Task Definitions_SayWhatTheServicesDeclare() =>
        await Generated.EqualsAsync(BrokerDefinitions.Create(DeclaredService.All), "deploy", "rabbitmq-definitions.json");

    [Fact]
    public void EveryMessage_IsAcceptedFromTheServicesThatSendIt()
    {
        var sent = DeclaredService.All
            .SelectMany(service => service.Outgoing.Select(message => (Service: service.Name, message.WireName))).ToArray();

        Assert.All(sent, message => Assert.All(
            DeclaredService.All, receiver => Assert.Contains(message.Service, receiver.Topology.SendersOf(message.WireName)!)));
    }

    [Fact]
    public void EveryEvent_HasOneSender() => Assert.All(
        DeclaredService.All.SelectMany(service => service.Outgoing).Where(message => message.Kind == MessageKind.Event),
        message => Assert.Single(DeclaredService.All[0].Topology.SendersOf(message.WireName)!));
}
