using EventBus;
using EventBus.Transport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ServiceDefaults.Messaging;

namespace ServiceDefaults.Tests.Messaging;

public sealed class ConfiguredBrokerTests
{
    [Theory]
    [InlineData("amqp://user:c2VjcmV0@localhost:5672", "rabbitmq")]
    [InlineData("amqps://user:c2VjcmV0@broker.example/shop", "rabbitmq")]
    [InlineData("Endpoint=sb://shop.servicebus.windows.net/;SharedAccessKeyName=shop;SharedAccessKey=c2VjcmV0", "servicebus")]
    [InlineData("shop.servicebus.windows.net", "servicebus")]
    public void ConnectionString_ChoosesTheTransport(string messaging, string system)
    {
        using var host = Build(messaging);

        Assert.Equal(system, host.Services.GetRequiredService<ITransport>().SystemName);
    }

    [Theory]
    [InlineData("redis://c2VjcmV0@localhost")]
    [InlineData("localhost:5672,password=c2VjcmV0")]
    public void ConnectionString_OfNoBroker_IsRefused_WithTheSettingAndTheFix_WithoutItsSecret(string messaging)
    {
        var refused = Assert.Throws<InvalidOperationException>(() => Build(messaging));

        Assert.StartsWith("ConnectionStrings:messaging names no broker. Set it to", refused.Message, StringComparison.Ordinal);
        Assert.All(["amqp://", "Endpoint=sb://", ".servicebus."], form => Assert.Contains(form, refused.Message, StringComparison.Ordinal));
        Assert.DoesNotContain("c2VjcmV0", $"{refused}", StringComparison.Ordinal);
    }

    private static IHost Build(string messaging)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "Shop.Api" });
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:messaging", messaging)]);
        builder.AddEventBus().UseConfiguredBroker();
        return builder.Build();
    }
}
