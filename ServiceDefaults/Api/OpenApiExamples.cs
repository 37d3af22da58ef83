using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.OpenApi;

namespace ServiceDefaults.Api;

/// <summary>Examples in the OpenAPI document, serialized from the objects that an endpoint takes and returns.</summary>
public static class OpenApiExamples
{
    private const string Json = "application/json";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    public static TBuilder WithRequestExample<TBuilder>(this TBuilder builder, object example)
        where TBuilder : IEndpointConventionBuilder =>
        builder.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            Show(operation.RequestBody?.Content, example);
            return Task.CompletedTask;
        });

    public static TBuilder WithResponseExample<TBuilder>(this TBuilder builder, int statusCode, object example)
        where TBuilder : IEndpointConventionBuilder =>
        builder.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            if (operation.Responses?.TryGetValue(statusCode.ToString(CultureInfo.InvariantCulture), out var response) == true)
            {
                Show(response.Content, example);
            }

            return Task.CompletedTask;
        });

    private static void Show(IDictionary<string, OpenApiMediaType>? content, object example)
    {
        if (content?.TryGetValue(Json, out var media) == true)
        {
            media.Example = JsonSerializer.SerializeToNode(example, Options);
        }
    }
}
