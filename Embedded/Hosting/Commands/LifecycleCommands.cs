using System.Collections.Immutable;
using Aspire.Hosting.Run;
using Aspire.Hosting.Servers;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Commands;

/// <summary>
/// Start, stop and restart: the commands of every resource that has a process. When they are offered is decided as in Aspire 13.5: a resource
/// that waits for others can be started, which ends the waiting, and what waits or starts is not offered to be stopped. A program may stop it
/// all the same: it is then <c>Exited</c>, also in the pause after a crash.
/// </summary>
internal static class LifecycleCommands
{
    public static void AddTo(IResource resource)
    {
        if (resource is not (ProjectResource or ExecutableResource) && !resource.HasAnnotationOfType<NativeServerAnnotation>())
        {
            return;
        }

        Add(KnownResourceCommands.StartCommand, "Start", "Start resource", "Play",
            state => state is null || state == KnownResourceStates.NotStarted || state == KnownResourceStates.Waiting || KnownResourceStates.TerminalStates.Contains(state)
                ? ResourceCommandState.Enabled
                : state == KnownResourceStates.Starting ? ResourceCommandState.Disabled : ResourceCommandState.Hidden,
            (runner, token) => runner.StartAsync(token));
        Add(KnownResourceCommands.StopCommand, "Stop", "Stop resource", "Stop",
            state => IsUp(state) ? ResourceCommandState.Enabled
                : state == KnownResourceStates.Stopping ? ResourceCommandState.Disabled : ResourceCommandState.Hidden,
            (runner, token) => runner.StopAsync(token));
        Add(KnownResourceCommands.RestartCommand, "Restart", "Stop and start resource", "ArrowCounterclockwise",
            state => IsUp(state) ? ResourceCommandState.Enabled : ResourceCommandState.Disabled,
            async (runner, token) =>
            {
                await runner.StopAsync(token);
                await runner.StartAsync(token);
            });

        void Add(
            string name, string displayName, string description, string icon, Func<string?, ResourceCommandState> when,
            Func<ResourceRunner, CancellationToken, Task> act)
        {
            if (resource.Annotations.OfType<ResourceCommandAnnotation>().All(known => known.Name != name))
            {
                resource.Annotations.Add(new ResourceCommandAnnotation(name, displayName, context => ExecuteAsync(context, act), new CommandOptions
                {
                    Description = description,
                    IconName = icon,
                    IconVariant = IconVariant.Filled,
                    IsHighlighted = true,
                    UpdateState = context => when(context.ResourceSnapshot.State?.Text),
                }));
            }
        }

        async Task<ExecuteCommandResult> ExecuteAsync(ExecuteCommandContext context, Func<ResourceRunner, CancellationToken, Task> act)
        {
            var runner = context.Services.GetRequiredService<Orchestrator>().Find(resource.Name)!;
            try
            {
                await act(runner, context.CancellationToken);
                return CommandResults.Success();
            }
            catch (OperationCanceledException)
            {
                // By whoever gave the command, or because the application is stopping.
                return CommandResults.Canceled();
            }
        }
    }

    public static ImmutableArray<ResourceCommandSnapshot> Describe(IResource resource, CustomResourceSnapshot snapshot, IServiceProvider services)
    {
        var context = new UpdateCommandStateContext { ResourceSnapshot = snapshot, Services = services };
        return
        [
            .. resource.Annotations.OfType<ResourceCommandAnnotation>().Select(command => new ResourceCommandSnapshot(
                command.Name, command.UpdateState(context), command.DisplayName, command.DisplayDescription, Parameter: null,
                command.ConfirmationMessage, command.IconName, command.IconVariant, command.IsHighlighted) { Visibility = command.Visibility }),
        ];
    }

    private static bool IsUp(string? state) => state == KnownResourceStates.Running || state == KnownResourceStates.RuntimeUnhealthy;
}
