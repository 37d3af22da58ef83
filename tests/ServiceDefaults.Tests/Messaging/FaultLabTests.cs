using EventBus.Faults;
using EventBus.Transport;
using Microsoft.AspNetCore.Builder;
using ServiceDefaults.Messaging;

namespace ServiceDefaults.Tests.Messaging;

public sealed class FaultLabTests
{
    [Theory]
    [InlineData("Development", "key", true)]
    [InlineData("Development", "", false)]
    [InlineData("Production", "key", false)]
    public void Service_AllowsFaults_OnlyInDevelopmentAndWithAKey(string environment, string key, bool expected)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Configuration["FaultLab:Key"] = key;
        builder.Configuration["ConnectionStrings:messaging"] = "amqp://localhost";

        builder.AddEventBusDefaults();

        Assert.Equal(expected, builder.Services.Any(service => service.ServiceType == typeof(BusFaults)));
        var transport = Assert.Single(builder.Services, service => service.ServiceType == typeof(ITransport));
        Assert.Equal(expected ? null : "RabbitTransport", transport.ImplementationType?.Name);
    }
}
