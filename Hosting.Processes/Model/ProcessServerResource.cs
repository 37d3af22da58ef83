namespace Hosting.Processes.Model;

/// <summary>
/// Stands in the model for a server that Aspire would run as a container, under its name and with its annotations: endpoints, health checks,
/// waits, environment, arguments, commands, URLs.
/// </summary>
internal sealed class ProcessServerResource(IResourceWithConnectionString server, string command, string workingDirectory)
    : ExecutableResource(server.Name, command, workingDirectory), IResourceWithConnectionString
{
    // A field initializer runs before the base constructor, which already adds annotations.
    private readonly IResourceWithConnectionString _server = server;

    /// <summary>The resource that the author of the model added.</summary>
    public IResourceWithConnectionString Server => _server;

    public override ResourceAnnotationCollection Annotations => _server.Annotations;

    public ReferenceExpression ConnectionStringExpression => _server.ConnectionStringExpression;

    string? IResourceWithConnectionString.ConnectionStringEnvironmentVariable => _server.ConnectionStringEnvironmentVariable;

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() => _server.GetConnectionProperties();
}
