using Microsoft.Net.Http.Headers;

namespace Catalog.Api.Items;

/// <summary>A product's version as entity tag: the version that a client has read, or expects to change.</summary>
internal static class ItemVersion
{
    public static string TagOf(long version) => $"\"{version}\"";

    /// <summary>Whether <c>If-Match</c> allows a change of this version: it is absent, <c>*</c>, or names the version.</summary>
    public static bool Allows(this HttpRequest request, long version)
    {
        var expected = request.GetTypedHeaders().IfMatch;
        return expected.Count == 0 && request.Headers.IfMatch.Count == 0
            || expected.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || (!tag.IsWeak && tag.Tag == TagOf(version)));
    }
}
