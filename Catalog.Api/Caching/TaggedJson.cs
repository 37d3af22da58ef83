using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Metadata;

namespace Catalog.Api.Caching;

/// <summary>
/// Answers 200 with JSON and its entity tag, or 304 if the client already has it. Clients may cache the answer but must revalidate it each
/// time.
/// </summary>
/// <param name="tag">The entity tag, with its quotes. Default: a hash of the body.</param>
public sealed class TaggedJson<T>(T value, JsonTypeInfo<T> type, string? tag = null) : IResult, IEndpointMetadataProvider
{
    private const int HashBytesInTag = 12;

    public T Value { get; } = value;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(Value, type);
        var response = httpContext.Response;
        response.Headers.ETag = tag ?? $"\"{Convert.ToBase64String(SHA256.HashData(body), 0, HashBytesInTag)}\"";
        response.Headers.CacheControl = "no-cache";

        if (httpContext.Request.Has(response.Headers.ETag!))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, httpContext.RequestAborted);
    }

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), ["application/json"]));
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status304NotModified));
    }
}
