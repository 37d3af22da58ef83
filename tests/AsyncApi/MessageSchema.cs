using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using EventBus.Messages;

namespace AsyncApi;

/// <summary>The JSON Schema of a message, with the text of its record's XML comment.</summary>
internal static partial class MessageSchema
{
    // The services also read numbers in quotes, but they write numbers, and only that is documented.
    private static readonly JsonSerializerOptions Written = new(MessageJson.Options) { NumberHandling = JsonNumberHandling.Strict };

    private static readonly JsonSchemaExporterOptions Export = new() { TreatNullObliviousAsNonNullable = true };

    public static JsonNode Of(Type type) => Written.GetJsonSchemaAsNode(type, Export);

    public static JsonNode Example(object message) => JsonNode.Parse(MessageJson.Write(message))!;

    /// <summary>Null when the record speaks for itself.</summary>
    public static string? SummaryOf(Type type)
    {
        var comments = XDocument.Load(Path.ChangeExtension(type.Assembly.Location, ".xml"));
        var summary = comments.Descendants("member")
            .FirstOrDefault(member => (string?)member.Attribute("name") == $"T:{type.FullName}")?
            .Element("summary");
        if (summary is null)
        {
            return null;
        }

        foreach (var reference in summary.Descendants("see").ToArray())
        {
            reference.ReplaceWith(((string)reference.Attribute("cref")!).Split('.', ':')[^1]);
        }

        return Whitespace().Replace(summary.Value, " ").Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();
}
