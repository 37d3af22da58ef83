using System.Text.Json;

namespace Aspire.Hosting.Publishing;

/// <summary>
/// Writes the model as Aspire does: the model's resources in order; then what they refer to that is not in it (generated passwords), each
/// followed by its encoded form; then the texts that depend on a condition.
/// </summary>
internal sealed partial class ManifestWriter(ManifestPublishingContext context)
{
    private readonly ManifestReferences _references = new();
    private readonly EndpointPorts _ports = new();

    private Utf8JsonWriter Writer => context.Writer;

    public async Task WriteAsync(DistributedApplicationModel model)
    {
        Writer.WriteStartObject();
        Writer.WriteStartObject("resources");
        var written = model.Resources.Where(resource => !resource.HasAnnotationOfType<ExcludedFromManifestAnnotation>()).ToArray();
        foreach (var resource in written)
        {
            await WriteAsync(resource);
        }

        var names = model.Resources.Select(resource => resource.Name).ToHashSet();
        foreach (var resource in _references.Resources.Where(resource => !names.Contains(resource.Name)).ToArray())
        {
            await WriteAsync(resource);
        }

        foreach (var parameter in _references.EncodedParameters)
        {
            WriteEncoded(parameter);
        }

        foreach (var (name, conditional) in _references.Conditionals)
        {
            Writer.WriteStartObject(name);
            Writer.WriteString("type", "value.v0");
            Writer.WriteString("connectionString", await conditional.GetValueAsync(context.CancellationToken) ?? "");
            Writer.WriteEndObject();
        }

        Writer.WriteEndObject();
        Writer.WriteEndObject();
    }

    private async Task WriteAsync(IResource resource)
    {
        Writer.WriteStartObject(resource.Name);
        switch (resource)
        {
            case ContainerResource container:
                await WriteContainerAsync(container);
                break;
            case ProjectResource project:
                Writer.WriteString("type", "project.v0");
                Writer.WriteString("path", context.GetManifestRelativePath(project.Annotations.OfType<IProjectMetadata>().Last().ProjectPath));
                await WriteProcessAsync(project);
                break;
            case ExecutableResource executable:
                Writer.WriteString("type", "executable.v0");
                Writer.WriteString("workingDirectory", context.GetManifestRelativePath(executable.WorkingDirectory));
                Writer.WriteString("command", executable.Command);
                await WriteProcessAsync(executable);
                break;
            case ParameterResource parameter:
                WriteParameter(parameter);
                break;
            case IResourceWithConnectionString connection:
                Writer.WriteString("type", "value.v0");
                WriteConnectionString(connection);
                break;
            default:
                Writer.WriteString("error", "This resource does not support generation in the manifest.");
                break;
        }

        Writer.WriteEndObject();
        if (resource is ParameterResource known)
        {
            WriteEncoded(known);
        }
    }

    private async Task WriteProcessAsync(IResource resource)
    {
        await WriteArgumentsAsync(resource);
        await WriteEnvironmentAsync(resource);
        WriteBindings(resource);
    }

    private void WriteParameter(ParameterResource parameter)
    {
        Writer.WriteString("type", "parameter.v0");
        if (parameter.IsConnectionString)
        {
            Writer.WriteString("connectionString", $"{{{parameter.Name}.value}}");
        }

        Writer.WriteString("value", $"{{{parameter.Name}.inputs.value}}");
        Writer.WriteStartObject("inputs");
        Writer.WriteStartObject("value");
        Writer.WriteString("type", "string");
        if (parameter.Secret)
        {
            Writer.WriteBoolean("secret", true);
        }

        if (parameter.Default is not null)
        {
            Writer.WriteStartObject("default");
            parameter.Default.WriteToManifest(context);
            Writer.WriteEndObject();
        }

        Writer.WriteEndObject();
        Writer.WriteEndObject();
    }

    private void WriteEncoded(ParameterResource parameter)
    {
        foreach (var (name, format) in _references.TakeEncodedFormsOf(parameter))
        {
            Writer.WriteStartObject(name);
            Writer.WriteString("type", "annotated.string");
            Writer.WriteString("value", parameter.ValueExpression);
            Writer.WriteString("filter", format);
            Writer.WriteEndObject();
        }
    }

    private void WriteConnectionString(IResourceWithConnectionString resource)
    {
        Writer.WriteString("connectionString", _references.ExpressionOf(resource.ConnectionStringExpression));
    }

    private async Task WriteArgumentsAsync(IResource resource)
    {
        var callback = new CommandLineArgsCallbackContext([], resource, context.CancellationToken) { ExecutionContext = context.ExecutionContext };
        foreach (var annotation in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>())
        {
            await annotation.Callback(callback);
        }

        if (callback.Args.Count == 0)
        {
            return;
        }

        Writer.WriteStartArray("args");
        foreach (var argument in callback.Args)
        {
            Writer.WriteStringValue(_references.ExpressionOf(argument));
        }

        Writer.WriteEndArray();
    }

    private async Task WriteEnvironmentAsync(IResource resource)
    {
        var callback = new EnvironmentCallbackContext(context.ExecutionContext, resource, cancellationToken: context.CancellationToken);
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            await annotation.Callback(callback);
        }

        if (callback.EnvironmentVariables.Count == 0)
        {
            return;
        }

        Writer.WriteStartObject("env");
        foreach (var (name, value) in callback.EnvironmentVariables)
        {
            Writer.WriteString(name, _references.ExpressionOf(value));
        }

        Writer.WriteEndObject();
    }

    private void WriteBindings(IResource resource)
    {
        var endpoints = resource.Annotations.OfType<EndpointAnnotation>().ToArray();
        if (endpoints.Length == 0)
        {
            return;
        }

        Writer.WriteStartObject("bindings");
        foreach (var endpoint in endpoints)
        {
            var targetPort = _ports.TargetOf(resource, endpoint);
            Writer.WriteStartObject(endpoint.Name);
            Writer.WriteString("scheme", endpoint.UriScheme);
            Writer.WriteString("protocol", endpoint.Protocol.ToString().ToLowerInvariant());
            Writer.WriteString("transport", endpoint.Transport);
            if (endpoint.Port is { } port && port != targetPort)
            {
                Writer.WriteNumber("port", port);
            }

            if (targetPort is { } target)
            {
                Writer.WriteNumber("targetPort", target);
            }

            if (endpoint.IsExternal)
            {
                Writer.WriteBoolean("external", true);
            }

            Writer.WriteEndObject();
        }

        Writer.WriteEndObject();
    }
}
