using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;

namespace Flows.Otlp;

/// <summary>
/// OTLP's JSON is protobuf's JSON, except that ids are hexadecimal instead of base64:
/// <c>{"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174", …}</c>.
/// </summary>
public static class OtlpJson
{
    private const int MaxDepth = 64;
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    /// <exception cref="JsonException">Not JSON.</exception>
    /// <exception cref="InvalidProtocolBufferException">JSON, but not OTLP.</exception>
    public static T Parse<T>(ReadOnlyMemory<byte> utf8) where T : IMessage, new()
    {
        var node = JsonNode.Parse(utf8.Span, documentOptions: new JsonDocumentOptions { MaxDepth = MaxDepth });
        Rewrite(node);
        return Parser.Parse<T>(node?.ToJsonString() ?? "{}");
    }

    private static void Rewrite(JsonNode? node)
    {
        switch (node)
        {
            case JsonArray array:
                foreach (var item in array)
                {
                    Rewrite(item);
                }

                break;
            case JsonObject entries:
                foreach (var (name, value) in entries.ToList())
                {
                    if (name is "traceId" or "spanId" or "parentSpanId" && value?.GetValueKind() == JsonValueKind.String)
                    {
                        entries[name] = ToBase64(name, value.GetValue<string>());
                    }
                    else
                    {
                        Rewrite(value);
                    }
                }

                break;
        }
    }

    private static string ToBase64(string name, string hex)
    {
        try
        {
            return Convert.ToBase64String(Convert.FromHexString(hex));
        }
        catch (FormatException exception)
        {
            throw new JsonException($"'{name}' is '{hex}'; expected hexadecimal digits.", exception);
        }
    }
}
