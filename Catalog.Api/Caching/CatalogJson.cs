using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Catalog.Api.Changes;
using Catalog.Api.Highlights;
using Catalog.Api.Items;
using Catalog.Api.Suggestions;

namespace Catalog.Api.Caching;

/// <summary>
/// The bodies that this service writes most, serialized without reflection. Null members are written, as the contract requires.
/// </summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(PageView))]
[JsonSerializable(typeof(FacetsView))]
[JsonSerializable(typeof(IReadOnlyList<ItemView>))]
[JsonSerializable(typeof(IReadOnlyList<TypeView>))]
[JsonSerializable(typeof(IReadOnlyList<BrandView>))]
[JsonSerializable(typeof(ChangesView))]
[JsonSerializable(typeof(HighlightsView))]
[JsonSerializable(typeof(SuggestionsView))]
internal sealed partial class CatalogJson : JsonSerializerContext
{
    /// <summary>Writes the letters of all languages unescaped; characters with a meaning in HTML stay escaped.</summary>
    public static CatalogJson Plain { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    });
}
