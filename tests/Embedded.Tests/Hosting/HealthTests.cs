using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Embedded.Tests.Hosting;

public sealed class HealthTests
{
    private static CancellationToken Deadline => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Check_OfOnesOwn_DecidesTheHealth()
    {
        var result = HealthCheckResult.Unhealthy("not yet", new IOException("no disk"));
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.Services.AddHealthChecks().AddCheck("own", () => result);
        var app = builder.AddExecutable("app", "sh", ".", "-c", "exec sleep 1000").WithHealthCheck("own");
        await using var application = await builder.BuildAsync(Deadline);
        await application.StartAsync(Deadline);

        var sick = await application.ResourceNotifications.WaitForResourceAsync("app", happened => happened.Snapshot.HealthStatus == HealthStatus.Unhealthy
            && happened.Snapshot.HealthReports is [{ Description: not null }], Deadline);
        result = HealthCheckResult.Healthy();
        var well = await application.ResourceNotifications.WaitForResourceHealthyAsync("app", Deadline);

        var report = Assert.Single(sick.Snapshot.HealthReports);
        Assert.Equal(("own", HealthStatus.Unhealthy, "not yet"), (report.Name, report.Status, report.Description));
        Assert.Contains("no disk", report.ExceptionText, StringComparison.Ordinal);
        Assert.NotNull(report.LastRunAt);
        Assert.Equal(HealthStatus.Healthy, well.Snapshot.HealthReports.Single().Status);
        Assert.Equal("own", app.Resource.Annotations.OfType<HealthCheckAnnotation>().Single().Key);
        var twice = Assert.Throws<DistributedApplicationException>(() => app.WithHealthCheck("own"));
        Assert.Contains("'own'", twice.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void HttpCheck_OfAnEndpoint_IsNamedAsInAspire()
    {
        using var builder = DistributedApplicationTestingBuilder.Create();
        var app = builder.AddExecutable("app", "sh", ".").WithHttpEndpoint(name: "web").WithHttpEndpoint(name: "http").WithHttpsEndpoint(name: "https");

        app.WithHttpHealthCheck(() => app.GetEndpoint("web"), "/ready", statusCode: 204).WithHttpHealthCheck(endpointSelector: null).WithHttpHealthCheck("/alive");

        Assert.Equal(
            ["app_web_/ready_204_check", "app_https_/_200_check", "app_https_/alive_200_check"],
            app.Resource.Annotations.OfType<HealthCheckAnnotation>().Select(check => check.Key));
        Assert.Throws<DistributedApplicationException>(() => builder.AddExecutable("mute", "sh", ".").WithHttpHealthCheck("/"));
        var misspelt = Assert.Throws<DistributedApplicationException>(() => app.WithHttpHealthCheck("/", endpointName: "htpp"));
        Assert.Contains("'htpp'. Its endpoints are: 'web', 'http', 'https'.", misspelt.Message, StringComparison.Ordinal);
        Assert.Throws<DistributedApplicationException>(() => app.WithHttpCommand("/", "Say", endpointName: "htpp"));
    }

    [Fact]
    public void Report_OfACheck_KeepsWhatItSays()
    {
        var noon = new DateTime(2026, 6, 1, 12, 0, 0, DateTimeKind.Utc);

        var report = new HealthReportSnapshot("check", HealthStatus.Degraded, "why", ExceptionText: "because") { LastRunAt = noon };

        Assert.Equal(("check", HealthStatus.Degraded, "why", "because", noon), (report.Name, report.Status, report.Description, report.ExceptionText, report.LastRunAt));
    }
}
