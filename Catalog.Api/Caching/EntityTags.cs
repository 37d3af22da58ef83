using Microsoft.Net.Http.Headers;

namespace Catalog.Api.Caching;

internal static class EntityTags
{
    /// <summary>Whether the client already has this version, according to <c>If-None-Match</c>.</summary>
    public static bool Has(this HttpRequest request, string tag) =>
        request.Headers.IfNoneMatch.Count > 0
        && request.GetTypedHeaders().IfNoneMatch.Any(held => held.Equals(EntityTagHeaderValue.Any) || held.Tag == tag);
}
