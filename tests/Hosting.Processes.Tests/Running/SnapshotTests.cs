namespace Hosting.Processes.Tests.Running;

/// <summary>A server's row in Aspire's dashboard.</summary>
public sealed class SnapshotTests(SharedApp shared)
{
    [Theory]
    [InlineData("database")]
    [InlineData("broker")]
    [InlineData("store")]
    public void Server_IsAHealthyExecutable_WithStateEndpointAndCommands(string name)
    {
        var snapshot = shared.App.Snapshot(name);

        Assert.Equal("Executable", snapshot.ResourceType);
        Assert.Equal(KnownResourceStates.Running, snapshot.State?.Text);
        Assert.Equal(Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy, snapshot.HealthStatus);
        Assert.Contains(snapshot.Urls, url => url.Name == "tcp" && !url.IsInternal && new Uri(url.Url).IsLoopback);
        Assert.Contains(
            snapshot.Commands,
            command => command.Name == KnownResourceCommands.StopCommand && command.State == ResourceCommandState.Enabled);
        Assert.Contains(
            snapshot.Commands,
            command => command.Name == KnownResourceCommands.RestartCommand && command.State == ResourceCommandState.Enabled);
        Assert.Equal(snapshot.Properties.Length, snapshot.Properties.Select(property => property.Name).Distinct().Count());
    }

    [Fact]
    public void RabbitMQ_Row_ShowsItsOwnUrls_AndErlangsPortsInTheDetailsOnly()
    {
        var shown = shared.App.Snapshot("broker").Urls
            .Where(url => !url.DisplayProperties.DisplayName.Contains("hidden", StringComparison.Ordinal))
            .ToArray();

        Assert.Equal(["dist", "epmd", "management", "tcp"], shown.Select(url => url.Name!).Order(StringComparer.Ordinal));
        Assert.StartsWith("http://", shown.Single(url => url.Name == "management").Url, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("things")]
    [InlineData("others")]
    public void Database_RunsWithItsServer(string name)
    {
        var snapshot = shared.App.Snapshot(name);

        Assert.Equal(KnownResourceStates.Running, snapshot.State?.Text);
        Assert.Contains(snapshot.Properties, property => property.Name == "resource.connectionString");
        Assert.StartsWith(
            "database-",
            (string)snapshot.Properties.Single(property => property.Name == "resource.parentName").Value!,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Model_HasEachServerOnce_WithItsName()
    {
        var model = (DistributedApplicationModel)shared.App.Services.GetService(typeof(DistributedApplicationModel))!;

        Assert.Equal(
            ["broker", "database", "open", "store"],
            model.Resources.Where(resource => resource is ExecutableResource && resource.Name != "program")
                .Select(resource => resource.Name)
                .Order(StringComparer.Ordinal));
        Assert.Empty(model.GetContainerResources());
    }
}
