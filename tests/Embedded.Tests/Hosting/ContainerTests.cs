using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace Embedded.Tests.Hosting;

/// <summary>Containers that this engine has no native server for: in the model and the manifest, but not run.</summary>
public sealed class ContainerTests
{
    private static CancellationToken Deadline => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("nginx", "nginx:latest")]
    [InlineData("nginx:1.29", "nginx:1.29")]
    [InlineData("registry:5000/team/nginx", "registry:5000/team/nginx:latest")]
    [InlineData("registry:5000/team/nginx:1.29", "registry:5000/team/nginx:1.29")]
    [InlineData("nginx@sha256:0123", "nginx@sha256:0123")]
    public void AddContainer_Image_IsTakenApart(string given, string full)
    {
        using var builder = DistributedApplicationTestingBuilder.Create();

        Assert.True(builder.AddContainer("web", given).Resource.TryGetContainerImageName(out var image));
        Assert.Equal(full, image);
    }

    [Fact]
    public void BuildArguments_ThatAreSecret_AreRefused()
    {
        using var builder = DistributedApplicationTestingBuilder.Create();
        var container = builder.AddContainer("built", "built").WithDockerfile(".");
        var secret = builder.AddParameter("key", secret: true);

        Assert.Throws<InvalidOperationException>(() => container.WithBuildArg("KEY", secret));
        Assert.Throws<InvalidOperationException>(() => builder.AddContainer("plain", "nginx").WithBuildArg("KEY", "value"));
    }

    [Fact]
    public async Task Start_OfAnUnknownImage_FailsAlone_AndNamesTheOtherEngine()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddContainer("mail", "axllent/mailpit", "1.2");
        builder.AddRedis("store").WithRedisInsight(page => page.WithHostPort(5540)).WithRedisCommander();
        await using var app = await builder.BuildAsync(Deadline);
        await app.StartAsync(Deadline);

        foreach (var name in new[] { "mail", "redisinsight", "rediscommander" })
        {
            await app.ResourceNotifications.WaitForResourceAsync(name, KnownResourceStates.FailedToStart, Deadline);
            Assert.Contains("-p:AspireEngine=aspire", await Consoles.ReadAsync(app, name), StringComparison.Ordinal);
        }

        await app.ResourceNotifications.WaitForResourceHealthyAsync("store", Deadline);
    }

    [Fact]
    public async Task Icon_OfAResource_IsInItsSnapshot()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddParameter("given", "value").WithIconName("Key", IconVariant.Regular);
        await using var app = await builder.BuildAsync(Deadline);
        await app.StartAsync(Deadline);

        var known = await app.ResourceNotifications.WaitForResourceAsync("given", happened => happened.Snapshot.IconName is not null, Deadline);

        Assert.Equal(("Key", IconVariant.Regular), (known.Snapshot.IconName, known.Snapshot.IconVariant));
    }
}
