using System.Net.Http.Json;
using Aspire.Hosting;
using Aspire.Hosting.Endpoints;
using Aspire.Hosting.Testing;

namespace Embedded.Tests.Hosting;

public sealed class EndpointPlanTests
{
    private static CancellationToken Deadline => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, null, false, "proxyless")]
    [InlineData(null, 8080, true, "target port")]
    public async Task Replicas_ThatCannotShareTheEndpoint_AreRefused(int? port, int? targetPort, bool isProxied, string reason)
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddProject("app", Whole.ProbeProject, launchProfileName: null).WithReplicas(2).WithHttpEndpoint(port, targetPort, isProxied: isProxied);
        await using var application = await builder.BuildAsync(Deadline);

        var refused = await Assert.ThrowsAsync<DistributedApplicationException>(() => application.StartAsync(Deadline));

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.Contains("'app'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TargetPort_BesideAPort_IsReachedThroughIt()
    {
        var target = PortAllocator.Take();
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddProject("app", Whole.ProbeProject, launchProfileName: null).WithHttpEndpoint(port: 18081, targetPort: target).WithHttpHealthCheck("/health");
        await using var application = await builder.BuildAsync(Deadline);
        await application.StartAsync(Deadline);
        await application.ResourceNotifications.WaitForResourceHealthyAsync("app", Deadline);

        using var client = application.CreateHttpClient("app");
        var variables = await client.GetFromJsonAsync<Dictionary<string, string>>("/environment", Deadline);

        Assert.Equal($"http://localhost:{target}", variables!["ASPNETCORE_URLS"]);
        Assert.NotEqual(target, client.BaseAddress!.Port);
    }

    [Fact]
    public async Task Proxy_AtTheProcesssOwnPort_IsRefused()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddExecutable("app", "sh", ".").WithHttpEndpoint(port: 18080, targetPort: 18080);
        await using var application = await builder.BuildAsync(Deadline);

        var refused = await Assert.ThrowsAsync<DistributedApplicationException>(() => application.StartAsync(Deadline));

        Assert.Contains("isProxied: false", refused.Message, StringComparison.Ordinal);
    }
}
