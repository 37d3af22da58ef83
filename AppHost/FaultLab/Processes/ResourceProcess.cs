using System.Globalization;
using Microsoft.Extensions.DependencyInjection;

namespace AppHost.FaultLab.Processes;

/// <summary>The process that Aspire's orchestrator started for a resource.</summary>
internal static class ResourceProcess
{
    private const string ProcessId = "executable.pid";
    private const string Container = "Container";

    /// <summary>Null if it has none now, as a container or a stopped resource.</summary>
    public static int? IdIn(CustomResourceSnapshot snapshot) =>
        snapshot.State?.Text == KnownResourceStates.Running
        && snapshot.Properties.FirstOrDefault(property => property.Name == ProcessId)?.Value is { } id
            ? Convert.ToInt32(id, CultureInfo.InvariantCulture)
            : null;

    /// <exception cref="FaultRefusedException">The resource has no process.</exception>
    public static int IdOf(FaultCall call) =>
        call.Services.GetRequiredService<ResourceNotificationService>().TryGetCurrentState(call.InstanceId, out var state)
        && IdIn(state.Snapshot) is { } id
            ? id
            : throw new FaultRefusedException(
                $"{call.Resource.Name} is not a running process of this machine. Servers are processes with Shop:Servers=processes.");

    /// <summary>Commands of a container are not offered, those of a stopped process later.</summary>
    public static ResourceCommandState StateIn(CustomResourceSnapshot snapshot) =>
        IdIn(snapshot) is not null ? ResourceCommandState.Enabled
        : snapshot.ResourceType == Container ? ResourceCommandState.Hidden
        : ResourceCommandState.Disabled;
}
