using System.Text.Encodings.Web;
using System.Text.Json;
using EventBus.Messages;

namespace AsyncApi;

public sealed class BrokerDefinitionsTests
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerOptions.Default)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NewLine = "\n",
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Definitions_SayWhatTheServicesDeclare()
    {
        var file = Repository.PathOf("deploy", "rabbitmq-definitions.json");
        var expected = BrokerDefinitions.Create(DeclaredService.All).ToJsonString(Indented) + "\n";

        if (Generated.Write)
        {
            await File.WriteAllTextAsync(file, expected, Stop);
        }

        Assert.Equal(expected, (await File.ReadAllTextAsync(file, Stop)).ReplaceLineEndings("\n"));
    }

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
