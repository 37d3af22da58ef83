using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What an environment callback reads and writes.</summary>
public class EnvironmentCallbackContext(
    DistributedApplicationExecutionContext executionContext, Dictionary<string, object>? environmentVariables = null,
    CancellationToken cancellationToken = default)
{
    private readonly IResource? _resource;

    /// <summary>A context for one resource.</summary>
    public EnvironmentCallbackContext(
        DistributedApplicationExecutionContext executionContext, IResource resource, Dictionary<string, object>? environmentVariables = null,
        CancellationToken cancellationToken = default)
        : this(executionContext, environmentVariables, cancellationToken) => _resource = resource;

    /// <summary>The variables: texts, or values that are known later.</summary>
    public Dictionary<string, object> EnvironmentVariables { get; } = environmentVariables ?? [];

    /// <summary>Cancelled when the application stops.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>The log of the resource.</summary>
    public ILogger Logger { get; set; } = NullLogger.Instance;

    /// <summary>The resource that gets the variables.</summary>
    public IResource Resource => _resource ?? throw new InvalidOperationException("This context does not belong to a resource.");

    /// <summary>Run or publish.</summary>
    public DistributedApplicationExecutionContext ExecutionContext { get; } = executionContext;
}

/// <summary>Sets environment variables of a resource.</summary>
public class EnvironmentCallbackAnnotation : IResourceAnnotation
{
    /// <summary>Sets variables when the resource starts.</summary>
    public EnvironmentCallbackAnnotation(Func<EnvironmentCallbackContext, Task> callback) => Callback = callback;

    /// <summary>Sets variables when the resource starts.</summary>
    public EnvironmentCallbackAnnotation(Action<EnvironmentCallbackContext> callback) => Callback = context =>
    {
        callback(context);
        return Task.CompletedTask;
    };

    /// <summary>Sets the variables.</summary>
    public Func<EnvironmentCallbackContext, Task> Callback { get; }
}

/// <summary>What an arguments callback reads and writes.</summary>
public sealed class CommandLineArgsCallbackContext(IList<object> args, CancellationToken cancellationToken = default)
{
    private readonly IResource? _resource;

    /// <summary>A context for one resource.</summary>
    public CommandLineArgsCallbackContext(IList<object> args, IResource? resource, CancellationToken cancellationToken = default)
        : this(args, cancellationToken) => _resource = resource;

    /// <summary>The arguments: texts, or values that are known later.</summary>
    public IList<object> Args { get; } = args;

    /// <summary>Cancelled when the application stops.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>Run or publish.</summary>
    public DistributedApplicationExecutionContext ExecutionContext { get; init; } = new(DistributedApplicationOperation.Run);

    /// <summary>The log of the resource.</summary>
    public ILogger Logger { get; set; } = NullLogger.Instance;

    /// <summary>The resource that gets the arguments.</summary>
    public IResource Resource => _resource ?? throw new InvalidOperationException("This context does not belong to a resource.");
}

/// <summary>Sets command-line arguments of a resource.</summary>
public class CommandLineArgsCallbackAnnotation : IResourceAnnotation
{
    /// <summary>Sets arguments when the resource starts.</summary>
    public CommandLineArgsCallbackAnnotation(Func<CommandLineArgsCallbackContext, Task> callback) => Callback = callback;

    /// <summary>Sets arguments when the resource starts.</summary>
    public CommandLineArgsCallbackAnnotation(Action<IList<object>> callback) => Callback = context =>
    {
        callback(context.Args);
        return Task.CompletedTask;
    };

    /// <summary>Sets the arguments.</summary>
    public Func<CommandLineArgsCallbackContext, Task> Callback { get; }
}
