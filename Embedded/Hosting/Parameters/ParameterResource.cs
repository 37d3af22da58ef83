namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that comes from outside the model: configuration, a default, or generated once.</summary>
public class ParameterResource : Resource, IExpressionValue
{
    private readonly Lazy<string> _value;

    /// <summary>Creates a parameter.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="callback">Finds the value, given <see cref="Default"/>; called once.</param>
    /// <param name="secret">Whether the value is hidden everywhere.</param>
    public ParameterResource(string name, Func<ParameterDefault?, string> callback, bool secret = false)
        : base(name)
    {
        _value = new Lazy<string>(() => callback(Default));
        Secret = secret;
    }

    /// <summary>The value when nobody configured one.</summary>
    public ParameterDefault? Default { get; set; }

    /// <summary>Whether the value is hidden everywhere.</summary>
    public bool Secret { get; }

    /// <summary>Whether the value is a connection string.</summary>
    public bool IsConnectionString { get; set; }

    /// <summary>What the parameter is for.</summary>
    public string? Description { get; set; }

    /// <summary>Whether <see cref="Description"/> is Markdown.</summary>
    public bool EnableDescriptionMarkdown { get; set; }

    /// <summary>The value.</summary>
    /// <exception cref="MissingParameterValueException">There is none.</exception>
    public string Value => _value.Value;

    /// <inheritdoc/>
    public string ValueExpression => $"{{{Name}.value}}";

    internal string ConfigurationKey => IsConnectionString ? $"ConnectionStrings:{Name}" : $"Parameters:{Name}";

    /// <summary>The value.</summary>
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) => new(Value);
}

internal sealed class ConnectionStringParameterResource(string name, Func<ParameterDefault?, string> callback, string? environmentVariableName)
    : ParameterResource(name, callback, secret: true), IResourceWithConnectionString
{
    public string? ConnectionStringEnvironmentVariable => environmentVariableName;

    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{new ParameterValue(this)}");

    string IManifestExpressionProvider.ValueExpression => $"{{{Name}.connectionString}}";

    ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken) => GetValueAsync(cancellationToken);

    IEnumerable<object> IValueWithReferences.References => [];

    private sealed class ParameterValue(ParameterResource parameter) : IExpressionValue, IValueWithReferences
    {
        public string ValueExpression => parameter.ValueExpression;

        public IEnumerable<object> References => [parameter];

        public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => parameter.GetValueAsync(cancellationToken);
    }
}
