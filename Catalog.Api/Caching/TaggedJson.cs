using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace Catalog.Api.Caching;

/// <summary>A 200 with JSON and its entity tag, or a 304 when the client has just that. Clients may keep it but ask each time.</summary>
/// <param name="tag">The entity tag, quotes included. Default: a hash of the body.</param>
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
        if (!HttpMethods.IsHead(httpContext.Request.Method))
        {
            await response.Body.WriteAsync(body, httpContext.RequestAborted);
        }
    }

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), ["application/json"]));
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status304NotModified));
    }
}

internal static class EntityTags
{
    /// <summary>Whether the client says that it holds this version already.</summary>
    public static bool Has(this HttpRequest request, string tag) =>
        request.Headers.IfNoneMatch.Count > 0
        && request.GetTypedHeaders().IfNoneMatch.Any(held => held.Equals(EntityTagHeaderValue.Any) || held.Tag == tag);
}
