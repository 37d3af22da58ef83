using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Catalog.Api.Changes;
using Catalog.Api.Items;

namespace Catalog.Api.Caching;

/// <summary>The bodies this service writes most, without reflection. Null members are written: the contract says so.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(PageView))]
[JsonSerializable(typeof(FacetsView))]
[JsonSerializable(typeof(IReadOnlyList<ItemView>))]
[JsonSerializable(typeof(IReadOnlyList<TypeView>))]
[JsonSerializable(typeof(IReadOnlyList<BrandView>))]
[JsonSerializable(typeof(ChangesView))]
internal sealed partial class CatalogJson : JsonSerializerContext
{
    /// <summary>Letters of every language as they are; what HTML could misread stays escaped.</summary>
    public static CatalogJson Plain { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    });
}
