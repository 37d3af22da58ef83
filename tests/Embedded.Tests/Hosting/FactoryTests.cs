using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace Embedded.Tests.Hosting;

public sealed class FactoryTests
{
    [Fact]
    public async Task Factory_OfAnAppHost_LetsItBeChangedAtEachStep()
    {
        await using var factory = new CacheAlone();
        Assert.Throws<InvalidOperationException>(() => factory.GetEndpoint("cache", "tcp"));

        await factory.StartAsync(TestContext.Current.CancellationToken);
        await factory.StartAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["creating", "created with 0 resources", "building", "built"], factory.Steps);
        Assert.Equal(factory.GetEndpoint("cache", "tcp"), factory.Application!.GetEndpointForNetwork("cache", KnownNetworkIdentifiers.LocalhostNetwork, "tcp"));
        await factory.Application!.ResourceNotifications.WaitForResourceHealthyAsync("cache", TestContext.Current.CancellationToken);
        await using var redis = await ConnectionMultiplexer.ConnectAsync((await factory.GetConnectionString("cache"))!);
        Assert.True(redis.IsConnected);
    }

    private sealed class CacheAlone() : DistributedApplicationFactory(typeof(Projects.AppHost), ["--Shop:Volumes=false"])
    {
        public List<string> Steps { get; } = [];

        public DistributedApplication? Application { get; private set; }

        protected override void OnBuilderCreating(DistributedApplicationOptions applicationOptions, HostApplicationBuilderSettings hostOptions) =>
            Steps.Add("creating");

        protected override void OnBuilderCreated(DistributedApplicationBuilder applicationBuilder) =>
            Steps.Add($"created with {applicationBuilder.Resources.Count} resources");

        protected override void OnBuilding(DistributedApplicationBuilder applicationBuilder)
        {
            Steps.Add("building");
            foreach (var resource in applicationBuilder.Resources.Where(resource => resource.Name != "cache" && resource is not ParameterResource).ToArray())
            {
                applicationBuilder.Resources.Remove(resource);
            }
        }

        protected override void OnBuilt(DistributedApplication application)
        {
            Steps.Add("built");
            Application = application;
        }
    }
}
