using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AppHost.FaultLab.Processes;

/// <summary>Kills the processes of a resource, and starts it again when the time is over.</summary>
internal sealed class Kill() : Fault("kill", "Fault: kill", "DismissCircle")
{
    public override string Effect =>
        "The process is killed (SIGKILL) and loses what is only in memory. It is started again at the end.";

    public override string Expectation =>
        "In Flows, messages for it wait in their queues and its own wait in the outbox; later both go on, and what it had in work is "
        + "delivered again. Without a server, see docs/autonomy.md.";

    public override ResourceCommandState StateIn(CustomResourceSnapshot snapshot) => ResourceProcess.StateIn(snapshot);

    public override async Task<IAsyncDisposable> BeginAsync(FaultCall call, CancellationToken cancellationToken)
    {
        using (var process = Process.GetProcessById(ResourceProcess.IdOf(call)))
        {
            process.Kill(entireProcessTree: true);
        }

        var notifications = call.Services.GetRequiredService<ResourceNotificationService>();
        await notifications.WaitForResourceAsync(
            call.Resource.Name,
            change => change.ResourceId == call.InstanceId && KnownResourceStates.TerminalStates.Contains(change.Snapshot.State?.Text),
            cancellationToken);
        return new EndOfFault(() => StartAsync(call, notifications));
    }

    private static async Task StartAsync(FaultCall call, ResourceNotificationService notifications)
    {
        // Somebody may have started it in the dashboard.
        var stopping = call.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        if (stopping.IsCancellationRequested
            || !notifications.TryGetCurrentState(call.InstanceId, out var state)
            || !KnownResourceStates.TerminalStates.Contains(state.Snapshot.State?.Text))
        {
            return;
        }

        var started = await call.Services.GetRequiredService<ResourceCommandService>()
            .ExecuteCommandAsync(call.InstanceId, KnownResourceCommands.StartCommand, stopping);
        if (!started.Success)
        {
            throw new InvalidOperationException($"{call.Resource.Name} did not start: {started.Message}");
        }
    }
}
