using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Embedded.Tests.Hosting;

internal static class States
{
    public static CustomResourceSnapshot StateOf(this DistributedApplication app, string resource)
    {
        Assert.True(app.ResourceNotifications.TryGetCurrentState(resource, out var state), resource);
        return state.Snapshot;
    }

    /// <summary>The environment variables that a resource was started with.</summary>
    public static async Task<Dictionary<string, string?>> VariablesOfAsync(this DistributedApplication app, string resource)
    {
        var running = await app.ResourceNotifications.WaitForResourceAsync(
            resource, happened => happened.Snapshot.EnvironmentVariables.Length > 0, TestContext.Current.CancellationToken);
        Assert.All(running.Snapshot.EnvironmentVariables, variable => Assert.True(variable.IsFromSpec, variable.Name));
        return running.Snapshot.EnvironmentVariables.ToDictionary(variable => variable.Name, variable => variable.Value);
    }
}
