using EventBus.Tests.Setup;
using Microsoft.Extensions.Configuration;

namespace EventBus.Tests.Contracts;

public sealed class RabbitMqTransport(TestServers servers) : TransportContract(servers)
{
    private string? _broker;

    protected override string? AccountOf(string service) => "tests";

    protected override async Task UseAsync(EventBusBuilder bus)
    {
        _broker ??= await Test.Servers.CreateVirtualHostAsync(Token);
        bus.Host.Configuration.AddInMemoryCollection([new("ConnectionStrings:messaging", _broker)]);
        bus.UseRabbitMq("messaging");
    }
}
