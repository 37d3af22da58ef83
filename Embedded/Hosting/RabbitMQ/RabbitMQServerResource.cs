namespace Aspire.Hosting.ApplicationModel;

/// <summary>A RabbitMQ broker.</summary>
public class RabbitMQServerResource(string name, ParameterResource? userName, ParameterResource password)
    : ContainerResource(name), IResourceWithConnectionString
{
    internal const string PrimaryEndpointName = "tcp";
    internal const string ManagementEndpointName = "management";
    internal const string DefaultUserName = "guest";

    private EndpointReference? _primaryEndpoint;
    private EndpointReference? _managementEndpoint;

    /// <summary>Where it speaks AMQP.</summary>
    public EndpointReference PrimaryEndpoint => _primaryEndpoint ??= new(this, PrimaryEndpointName);

    /// <summary>Its management page and API, if it has the plugin.</summary>
    public EndpointReference ManagementEndpoint => _managementEndpoint ??= new(this, ManagementEndpointName);

    /// <summary>The host.</summary>
    public EndpointReferenceExpression Host => PrimaryEndpoint.Property(EndpointProperty.Host);

    /// <summary>The port.</summary>
    public EndpointReferenceExpression Port => PrimaryEndpoint.Property(EndpointProperty.Port);

    /// <summary>The user's name; <see langword="null"/> means <c>guest</c>.</summary>
    public ParameterResource? UserNameParameter { get; } = userName;

    /// <summary>The user's password.</summary>
    public ParameterResource PasswordParameter { get; } = password;

    /// <summary>The user's name.</summary>
    public ReferenceExpression UserNameReference => UserNameParameter is not null
        ? ReferenceExpression.Create($"{UserNameParameter}")
        : ReferenceExpression.Create($"{DefaultUserName}");

    /// <inheritdoc/>
    public ReferenceExpression ConnectionStringExpression => UriExpression;

    /// <summary><c>amqp://user:password@host:port</c>.</summary>
    public ReferenceExpression UriExpression
    {
        get
        {
            var builder = new ReferenceExpressionBuilder();
            builder.AppendLiteral("amqp://");
            if (UserNameParameter is not null)
            {
                builder.Append($"{UserNameParameter:uri}");
            }
            else
            {
                builder.AppendLiteral(DefaultUserName);
            }

            builder.Append($":{PasswordParameter:uri}@{PrimaryEndpoint.Property(EndpointProperty.HostAndPort)}");
            return builder.Build();
        }
    }

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
    [
        new("Host", ReferenceExpression.Create($"{Host}")),
        new("Port", ReferenceExpression.Create($"{Port}")),
        new("Username", UserNameReference),
        new("Password", ReferenceExpression.Create($"{PasswordParameter}")),
        new("Uri", UriExpression),
    ];
}
