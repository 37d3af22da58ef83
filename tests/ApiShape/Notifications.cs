namespace ApiShape;

internal static class Notifications
{
    public static async Task UseAsync(ResourceNotificationService notifications, CancellationToken cancellationToken)
    {
        await notifications.WaitForResourceAsync("app", cancellationToken: cancellationToken);
        await notifications.WaitForResourceAsync("app", KnownResourceStates.Running, cancellationToken);
        string reached = await notifications.WaitForResourceAsync("app", [KnownResourceStates.Finished, KnownResourceStates.Exited], cancellationToken);
        ResourceEvent met = await notifications.WaitForResourceAsync("app", happened => happened.Snapshot.ExitCode == 0, cancellationToken);
        ResourceEvent healthy = await notifications.WaitForResourceHealthyAsync("app", cancellationToken);
        ResourceEvent sure = await notifications.WaitForResourceHealthyAsync("app", WaitBehavior.StopOnResourceUnavailable, cancellationToken);
        bool known = notifications.TryGetCurrentState("app", out ResourceEvent? current);
        await foreach (ResourceEvent happened in notifications.WatchAsync(cancellationToken))
        {
            Read(happened.Snapshot);
            await notifications.PublishUpdateAsync(happened.Resource, snapshot => snapshot with { State = KnownResourceStates.Running, ExitCode = null });
            await notifications.PublishUpdateAsync(happened.Resource, happened.ResourceId, snapshot => snapshot with { State = new ResourceStateSnapshot("Own", "info") });
        }

        _ = (reached, met, healthy, sure, known, current?.ResourceId);
        _ = (KnownResourceStates.NotStarted, KnownResourceStates.Waiting, KnownResourceStates.Starting, KnownResourceStates.RuntimeUnhealthy, KnownResourceStates.Stopping);
        _ = (KnownResourceStates.FailedToStart, KnownResourceStates.Building, KnownResourceStates.Active, KnownResourceStates.ValueMissing, KnownResourceStates.TerminalStates.Count);
    }

    public static async Task UseAsync(ResourceCommandService commands, DistributedApplicationModel model, CancellationToken cancellationToken)
    {
        ExecuteCommandResult byName = await commands.ExecuteCommandAsync("app", KnownResourceCommands.RestartCommand, cancellationToken);
        ExecuteCommandResult byResource = await commands.ExecuteCommandAsync(model.Resources[0], KnownResourceCommands.StopCommand, cancellationToken);
        _ = (byName.Success, byName.Canceled, byName.Message, byResource.Data?.Value, byResource.Data?.Format, KnownResourceCommands.StartCommand);
    }

    public static async Task UseAsync(ResourceLoggerService logs, CancellationToken cancellationToken)
    {
        await foreach (IReadOnlyList<LogLine> lines in logs.WatchAsync("app").WithCancellation(cancellationToken))
        {
            _ = (lines[0].LineNumber, lines[0].Content, lines[0].IsErrorMessage);
        }

        await foreach (var _ in logs.GetAllAsync("app").WithCancellation(cancellationToken))
        {
        }

        logs.ClearBacklog("app");
        logs.Complete("app");
        _ = logs.GetLogger("app");
    }

    private static void Read(CustomResourceSnapshot snapshot)
    {
        _ = (snapshot.ResourceType, snapshot.State?.Text, snapshot.State?.Style, snapshot.ExitCode, snapshot.HealthStatus, snapshot.IsHidden, snapshot.IconName, snapshot.IconVariant);
        _ = (snapshot.CreationTimeStamp, snapshot.StartTimeStamp, snapshot.StopTimeStamp);
        _ = snapshot.Properties.Select(property => (property.Name, property.Value, property.IsSensitive)).ToArray();
        _ = snapshot.EnvironmentVariables.Select(variable => (variable.Name, variable.Value, variable.IsFromSpec)).ToArray();
        _ = snapshot.Urls.Select(url => (url.Name, url.Url, url.IsInternal, url.DisplayProperties.DisplayName, url.DisplayProperties.SortOrder)).ToArray();
        _ = snapshot.Volumes.Select(volume => (volume.Source, volume.Target, volume.MountType, volume.IsReadOnly)).ToArray();
        _ = snapshot.Relationships.Select(relationship => (relationship.ResourceName, relationship.Type)).ToArray();
        _ = snapshot.HealthReports.Select(report => (report.Name, report.Status, report.Description, report.ExceptionText, report.LastRunAt)).ToArray();
        _ = snapshot.Commands.Select(command => (command.Name, command.State, command.DisplayName, command.DisplayDescription, command.IsHighlighted, command.Visibility)).ToArray();
    }
}
