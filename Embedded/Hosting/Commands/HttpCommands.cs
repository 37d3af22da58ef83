namespace Aspire.Hosting.ApplicationModel;

/// <summary>More about a command that is an HTTP request.</summary>
public class HttpCommandOptions : CommandOptions
{
    /// <summary>Default: POST.</summary>
    public HttpMethod? Method { get; set; }

    /// <summary>The name of the HTTP client.</summary>
    public string? HttpClientName { get; set; }

    /// <summary>Where the request is sent.</summary>
    public Func<EndpointReference>? EndpointSelector { get; set; }

    /// <summary>Changes the request.</summary>
    public Func<HttpCommandRequestContext, Task>? PrepareRequest { get; set; }

    /// <summary>Judges the response; default: success is 2xx.</summary>
    public Func<HttpCommandResultContext, Task<ExecuteCommandResult>>? GetCommandResult { get; set; }

    /// <summary>What becomes of the response's body; default: nothing.</summary>
    public HttpCommandResultMode ResultMode { get; set; }
}

/// <summary>What becomes of the body of an HTTP command's response. Mirrors <c>Aspire.Hosting.ApplicationModel.HttpCommandResultMode</c>.</summary>
public enum HttpCommandResultMode
{
    /// <summary>It is not read.</summary>
    None,

    /// <summary>It is the result if its content type is JSON or text.</summary>
    Auto,

    /// <summary>It is the result, as JSON.</summary>
    Json,

    /// <summary>It is the result, as text.</summary>
    Text,
}

/// <summary>The request of an HTTP command.</summary>
public sealed class HttpCommandRequestContext
{
    /// <summary>The application's services.</summary>
    public required IServiceProvider Services { get; init; }

    /// <summary>The resource.</summary>
    public required string ResourceName { get; init; }

    /// <summary>Where it is sent.</summary>
    public required EndpointReference Endpoint { get; init; }

    /// <summary>Cancelled when the caller no longer waits.</summary>
    public required CancellationToken CancellationToken { get; init; }

    /// <summary>The client that sends it.</summary>
    public required HttpClient HttpClient { get; init; }

    /// <summary>The request.</summary>
    public required HttpRequestMessage Request { get; init; }
}

/// <summary>The response of an HTTP command.</summary>
public sealed class HttpCommandResultContext
{
    /// <summary>The application's services.</summary>
    public required IServiceProvider Services { get; init; }

    /// <summary>The resource.</summary>
    public required string ResourceName { get; init; }

    /// <summary>Where it was sent.</summary>
    public required EndpointReference Endpoint { get; init; }

    /// <summary>Cancelled when the caller no longer waits.</summary>
    public required CancellationToken CancellationToken { get; init; }

    /// <summary>The client that sends it.</summary>
    public required HttpClient HttpClient { get; init; }

    /// <summary>The response.</summary>
    public required HttpResponseMessage Response { get; init; }
}
