using System.Text.Json.Nodes;
using NJsonSchema;

namespace Embedded.Tests.Hosting.Manifests;

/// <summary>Aspire's own schema of manifests, <c>https://json.schemastore.org/aspire-8.0.json</c> (MIT licence).</summary>
internal static class ManifestSchema
{
    public static async Task<IReadOnlyList<string>> FindFaultsAsync(string manifest, CancellationToken cancellationToken)
    {
        var file = Path.Combine(AppContext.BaseDirectory, "Hosting", "Manifests", "aspire-8.0.schema.json");
        var schema = JsonNode.Parse(await File.ReadAllTextAsync(file, cancellationToken))!;
        SayInWordsOfTheLibrary(schema);
        var checks = await JsonSchema.FromJsonAsync(schema.ToJsonString(), cancellationToken);
        return [.. checks.Validate(manifest).Select(fault => fault.ToString())];
    }

    // It knows neither "const" nor a property whose schema is `false`; both can be said in other words.
    private static void SayInWordsOfTheLibrary(JsonNode? node)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array)
            {
                SayInWordsOfTheLibrary(item);
            }
        }

        if (node is not JsonObject schema)
        {
            return;
        }

        if (schema["const"] is JsonValue only)
        {
            schema.Remove("const");
            schema["enum"] = new JsonArray(only.DeepClone());
        }

        if (schema["properties"] is JsonObject properties)
        {
            foreach (var name in properties.Where(property => property.Value is JsonValue).Select(property => property.Key).ToArray())
            {
                properties[name] = new JsonObject { ["not"] = new JsonObject() };
            }
        }

        foreach (var child in schema.Select(property => property.Value).ToArray())
        {
            SayInWordsOfTheLibrary(child);
        }
    }
}
