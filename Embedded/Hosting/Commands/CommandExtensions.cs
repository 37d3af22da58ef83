using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Adds something a person or a program can tell a resource to do.</summary>
    [OverloadResolutionPriority(1)]
    public static IResourceBuilder<T> WithCommand<T>(
        this IResourceBuilder<T> builder, string name, string displayName, Func<ExecuteCommandContext, Task<ExecuteCommandResult>> executeCommand,
        CommandOptions? commandOptions = null)
        where T : IResource
    {
        commandOptions ??= new CommandOptions();
        foreach (var known in builder.Resource.Annotations.OfType<ResourceCommandAnnotation>().Where(known => known.Name == name).ToArray())
        {
            builder.Resource.Annotations.Remove(known);
        }

        return builder.WithAnnotation(new ResourceCommandAnnotation(name, displayName, executeCommand, commandOptions));
    }

    /// <summary>Adds a command that is an HTTP request to the resource.</summary>
    public static IResourceBuilder<TResource> WithHttpCommand<TResource>(
        this IResourceBuilder<TResource> builder, string path, string displayName, [EndpointName] string? endpointName = null, string? commandName = null,
        HttpCommandOptions? commandOptions = null)
        where TResource : IResourceWithEndpoints
    {
        Func<EndpointReference> selector = endpointName is null
            ? commandOptions?.EndpointSelector ?? (() => HttpEndpoint(builder.Resource))
            : () => builder.GetEndpoint(endpointName);
        return builder.WithHttpCommand(path, displayName, selector, commandName, commandOptions);
    }

    /// <summary>Adds a command that is an HTTP request to an endpoint.</summary>
    public static IResourceBuilder<TResource> WithHttpCommand<TResource>(
        this IResourceBuilder<TResource> builder, string path, string displayName, Func<EndpointReference>? endpointSelector, string? commandName = null,
        HttpCommandOptions? commandOptions = null)
        where TResource : IResourceWithEndpoints
    {
        commandOptions ??= new HttpCommandOptions();
        var endpoint = HttpEndpoint(builder.Resource, endpointSelector);
        var method = commandOptions.Method ?? HttpMethod.Post;
        commandOptions.UpdateState ??= context =>
            context.ResourceSnapshot.State?.Text is "Running" or "RuntimeUnhealthy" ? ResourceCommandState.Enabled : ResourceCommandState.Disabled;
        builder.ApplicationBuilder.Services.AddHttpClient();
        return builder.WithCommand(
            commandName ?? $"{builder.Resource.Name}-{endpoint.EndpointName}-http-{method.Method.ToLowerInvariant()}-{path}",
            displayName, context => SendAsync(context, endpoint, path, method, commandOptions), commandOptions);
    }

    private static async Task<ExecuteCommandResult> SendAsync(
        ExecuteCommandContext context, EndpointReference endpoint, string path, HttpMethod method, HttpCommandOptions options)
    {
        using var client = context.Services.GetRequiredService<IHttpClientFactory>().CreateClient(options.HttpClientName ?? string.Empty);
        using var request = new HttpRequestMessage(method, new Uri(new Uri(endpoint.Url), path));
        if (options.PrepareRequest is { } prepare)
        {
            await prepare(new HttpCommandRequestContext
            {
                Services = context.Services,
                ResourceName = context.ResourceName,
                Endpoint = endpoint,
                CancellationToken = context.CancellationToken,
                HttpClient = client,
                Request = request,
            });
        }

        try
        {
            using var response = await client.SendAsync(request, context.CancellationToken);
            if (options.GetCommandResult is { } judge)
            {
                return await judge(new HttpCommandResultContext
                {
                    Services = context.Services,
                    ResourceName = context.ResourceName,
                    Endpoint = endpoint,
                    CancellationToken = context.CancellationToken,
                    HttpClient = client,
                    Response = response,
                });
            }

            var body = FormatOf(response, options.ResultMode) is { } format
                ? new CommandResultData { Value = await response.Content.ReadAsStringAsync(context.CancellationToken), Format = format }
                : null;
            return response.IsSuccessStatusCode
                ? new ExecuteCommandResult { Success = true, Data = body }
                : new ExecuteCommandResult { Success = false, Message = $"Request failed with status code {response.StatusCode}", Data = body };
        }
        catch (HttpRequestException e)
        {
            return CommandResults.Failure(e);
        }
    }

    private static CommandResultFormat? FormatOf(HttpResponseMessage response, HttpCommandResultMode mode)
    {
        var type = response.Content.Headers.ContentType?.MediaType ?? "";
        return mode switch
        {
            HttpCommandResultMode.Json => CommandResultFormat.Json,
            HttpCommandResultMode.Text => CommandResultFormat.Text,
            HttpCommandResultMode.Auto when type.EndsWith("/json", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase) =>
                CommandResultFormat.Json,
            HttpCommandResultMode.Auto when type.StartsWith("text/", StringComparison.OrdinalIgnoreCase) => CommandResultFormat.Text,
            _ => null,
        };
    }
}
