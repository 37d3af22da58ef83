namespace Aspire.Hosting.ApplicationModel;

/// <summary>Tells resources to do something.</summary>
public class ResourceCommandService
{
    private readonly DistributedApplicationModel _model;
    private readonly ResourceLoggerService _logs;
    private readonly ResourceNotificationService _notifications;
    private readonly IServiceProvider _services;

    internal ResourceCommandService(
        DistributedApplicationModel model, ResourceLoggerService logs, ResourceNotificationService notifications, IServiceProvider services)
    {
        _model = model;
        _logs = logs;
        _notifications = notifications;
        _services = services;
    }

    /// <summary>Executes a command of a resource or replica.</summary>
    public Task<ExecuteCommandResult> ExecuteCommandAsync(string resourceId, string commandName, CancellationToken cancellationToken = default)
    {
        var resource = _model.Resources.FirstOrDefault(resource => string.Equals(resource.Name, resourceId, StringComparison.OrdinalIgnoreCase))
            ?? (_notifications.TryGetCurrentState(resourceId, out var known) ? known.Resource : null);
        return resource is null
            ? Task.FromResult(CommandResults.Failure($"Resource '{resourceId}' not found."))
            : ExecuteAsync(resource, resourceId, commandName, cancellationToken);
    }

    /// <summary>Executes a command of a resource.</summary>
    public Task<ExecuteCommandResult> ExecuteCommandAsync(IResource resource, string commandName, CancellationToken cancellationToken = default) =>
        ExecuteAsync(resource, resource.Name, commandName, cancellationToken);

    private async Task<ExecuteCommandResult> ExecuteAsync(
        IResource resource, string resourceId, string commandName, CancellationToken cancellationToken)
    {
        var command = resource.Annotations.OfType<ResourceCommandAnnotation>().FirstOrDefault(command => command.Name == commandName);
        if (command is null)
        {
            return CommandResults.Failure($"Command '{commandName}' not available for resource '{resourceId}'.");
        }

        try
        {
            return await command.ExecuteCommand(new ExecuteCommandContext
            {
                Services = _services,
                ResourceName = resourceId,
                CancellationToken = cancellationToken,
                Logger = _logs.GetLogger(resource),
            });
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return CommandResults.Canceled();
        }
        catch (Exception e)
        {
            _logs.Of(resource.Name).Add($"Command '{commandName}' failed: {e}", isError: true);
            return CommandResults.Failure(e);
        }
    }
}
