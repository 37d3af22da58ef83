using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.EventEmitters;

namespace AsyncApi;

internal static class Yaml
{
    /// <summary>Writes the document as YAML. Members keep their order; text is quoted if it would be read as another type.</summary>
    public static string Write(JsonNode document)
    {
        var serializer = new SerializerBuilder()
            .WithQuotingNecessaryStrings()
            .WithIndentedSequences()
            .WithNewLine("\n")
            .WithTypeConverter(new NullConverter())
            .WithEventEmitter(next => new LinesAsTheyAre(next))
            .Build();
        return serializer.Serialize(ToObject(document));
    }

    private static object ToObject(JsonNode? node) => node switch
    {
        JsonObject members => members.ToDictionary(member => member.Key, member => ToObject(member.Value)),
        JsonArray items => items.Select(ToObject).ToArray(),
        JsonValue value when value.TryGetValue<bool>(out var boolean) => boolean,
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        null => Null.Value,
        _ => decimal.Parse(node.ToJsonString(), CultureInfo.InvariantCulture),
    };

    private sealed class LinesAsTheyAre(IEventEmitter next) : ChainedEventEmitter(next)
    {
        public override void Emit(ScalarEventInfo eventInfo, IEmitter emitter)
        {
            if (eventInfo.Source.Value is string text && text.Contains('\n', StringComparison.Ordinal))
            {
                eventInfo.Style = ScalarStyle.Literal;
            }

            base.Emit(eventInfo, emitter);
        }
    }

    private sealed class Null
    {
        public static readonly Null Value = new();
    }

    private sealed class NullConverter : IYamlTypeConverter
    {
        public bool Accepts(Type type) => type == typeof(Null);

        public object ReadYaml(IParser parser, Type type, ObjectDeserializer rootDeserializer) => throw new NotSupportedException();

        public void WriteYaml(IEmitter emitter, object? value, Type type, ObjectSerializer serializer) =>
            emitter.Emit(new YamlDotNet.Core.Events.Scalar("null"));
    }
}
