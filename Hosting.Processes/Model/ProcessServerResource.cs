namespace Hosting.Processes.Model;

/// <summary>
/// Replaces a server in the model that Aspire would run as a container. It has the same name and shares the annotations: endpoints, health
/// checks, waits, environment, arguments, commands, URLs.
/// </summary>
internal sealed class ProcessServerResource(IResourceWithConnectionString server, string command, string workingDirectory)
    : ExecutableResource(server.Name, command, workingDirectory), IResourceWithConnectionString
{
    // A field, because its initializer runs before the base constructor, which already adds annotations.
    private readonly IResourceWithConnectionString _server = server;

    /// <summary>The original resource, as the AppHost added it.</summary>
    public IResourceWithConnectionString Server => _server;

    public override ResourceAnnotationCollection Annotations => _server.Annotations;

    public ReferenceExpression ConnectionStringExpression => _server.ConnectionStringExpression;

    string? IResourceWithConnectionString.ConnectionStringEnvironmentVariable => _server.ConnectionStringEnvironmentVariable;

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() => _server
        .GetConnectionProperties();
}
