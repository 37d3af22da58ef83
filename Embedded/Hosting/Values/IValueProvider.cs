namespace Aspire.Hosting.ApplicationModel;

/// <summary>Who asks for a value, and for what.</summary>
public class ValueProviderContext
{
    /// <summary>Run or publish.</summary>
    public DistributedApplicationExecutionContext? ExecutionContext { get; init; }

    /// <summary>The resource that gets the value.</summary>
    public IResource? Caller { get; init; }

    /// <summary>The network of the resource that gets the value.</summary>
    public NetworkIdentifier? Network { get; init; }

    /// <summary>Where the asking replica listens, by endpoint.</summary>
    internal IReadOnlyDictionary<string, int>? TargetPorts { get; init; }
}

/// <summary>Has a value once the application runs.</summary>
public interface IValueProvider
{
    /// <summary>The value; waits until it is known.</summary>
    ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default);

    /// <summary>The value as one caller needs it; waits until it is known.</summary>
    ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken = default) => GetValueAsync(cancellationToken);
}

/// <summary>Has an expression that stands for its value in the manifest.</summary>
public interface IManifestExpressionProvider
{
    /// <summary>Such as <c>{postgres.connectionString}</c>.</summary>
    string ValueExpression { get; }
}

/// <summary>Has a value when run and an expression when published.</summary>
public interface IExpressionValue : IValueProvider, IManifestExpressionProvider;

/// <summary>Is made of other values.</summary>
public interface IValueWithReferences
{
    /// <summary>The resources and values it is made of.</summary>
    IEnumerable<object> References { get; }
}

/// <summary>A network that a resource is reached on. Native processes know only the machine's own.</summary>
public record NetworkIdentifier(string Value)
{
    /// <summary>The name of the network.</summary>
    public override string ToString() => Value;
}

/// <summary>The networks that have names.</summary>
public static class KnownNetworkIdentifiers
{
    /// <summary>The machine's own.</summary>
    public static readonly NetworkIdentifier LocalhostNetwork = new("localhost");

    /// <summary>The internet.</summary>
    public static readonly NetworkIdentifier PublicInternet = new(".");
}
