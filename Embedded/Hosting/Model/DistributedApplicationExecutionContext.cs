namespace Aspire.Hosting;

/// <summary>What AppHost was started for.</summary>
public enum DistributedApplicationOperation
{
    /// <summary>To run the resources here.</summary>
    Run,

    /// <summary>To write a manifest of them.</summary>
    Publish,
}

/// <summary>What AppHost was started for, and its services.</summary>
public class DistributedApplicationExecutionContext(DistributedApplicationOperation operation, string publisherName)
{
    private IServiceProvider? _services;

    /// <summary>Started to run, or to publish a manifest.</summary>
    public DistributedApplicationExecutionContext(DistributedApplicationOperation operation)
        : this(operation, "manifest")
    {
    }

    /// <summary>Run or publish.</summary>
    public DistributedApplicationOperation Operation { get; } = operation;

    /// <summary>Who publishes.</summary>
    public string PublisherName { get; } = publisherName;

    /// <summary>Whether AppHost was started to write a manifest.</summary>
    public bool IsPublishMode => Operation == DistributedApplicationOperation.Publish;

    /// <summary>Whether AppHost was started to run the resources.</summary>
    public bool IsRunMode => Operation == DistributedApplicationOperation.Run;

    /// <summary>The application's services, once it is built.</summary>
    public IServiceProvider Services
    {
        get => _services ?? throw new InvalidOperationException("The services are not there before the application is built.");
        internal set => _services = value;
    }
}
