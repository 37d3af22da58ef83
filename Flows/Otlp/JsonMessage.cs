using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Flows.Otlp;

/// <summary>
/// Reads a protobuf message from OTLP's JSON. It is protobuf's JSON, except that ids are hexadecimal instead of base64 and enumerations are
/// numbers: <c>{"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174","kind":2, …}</c>. Unknown members are skipped.
/// </summary>
internal static class JsonMessage
{
    private static readonly ConcurrentDictionary<MessageDescriptor, Member[]> Members = new();

    /// <exception cref="JsonException">Not JSON, or not this message.</exception>
    public static T Read<T>(ref Utf8JsonReader json) where T : IMessage<T>, new()
    {
        var message = new T();
        Fill(ref json, message);
        return message;
    }

    private static void Fill(ref Utf8JsonReader json, IMessage message)
    {
        json.Expect(JsonTokenType.StartObject);
        var members = Members.GetOrAdd(message.Descriptor, MembersOf);
        var read = 0L;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var index = IndexOf(members, ref json);
            json.Read();
            if (index < 0)
            {
                json.Skip();
                continue;
            }

            if ((read & (1L << index)) != 0)
            {
                throw new JsonException($"'{members[index].Field.JsonName}' is there twice.");
            }

            read |= 1L << index;
            if (json.TokenType != JsonTokenType.Null)
            {
                Set(message, members[index].Field, ref json);
            }
        }
    }

    private static int IndexOf(Member[] members, ref Utf8JsonReader json)
    {
        for (var index = 0; index < members.Length; index++)
        {
            if (json.NameIs(members[index].Name))
            {
                return index;
            }
        }

        return -1;
    }

    private static void Set(IMessage message, FieldDescriptor field, ref Utf8JsonReader json)
    {
        if (!field.IsRepeated)
        {
            field.Accessor.SetValue(message, ValueOf(field, ref json));
            return;
        }

        json.Expect(JsonTokenType.StartArray);
        var list = (IList)field.Accessor.GetValue(message);
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            list.Add(ValueOf(field, ref json));
        }
    }

    private static object ValueOf(FieldDescriptor field, ref Utf8JsonReader json)
    {
        switch (field.FieldType)
        {
            case FieldType.Message:
                var message = (IMessage)Activator.CreateInstance(field.MessageType.ClrType)!;
                Fill(ref json, message);
                return message;
            case FieldType.String:
                json.Expect(JsonTokenType.String);
                return JsonText.Of(ref json);
            case FieldType.Bytes:
                json.Expect(JsonTokenType.String);
                return BytesOf(field, JsonText.Of(ref json));
            case FieldType.Bool:
                return json.TokenType is JsonTokenType.True
                    || (json.TokenType is JsonTokenType.False ? false : throw Unreadable(field, ref json, "true or false"));
            case FieldType.Double:
                return NumberOf<double>(field, ref json);
            case FieldType.Int64:
                return NumberOf<long>(field, ref json);
            case FieldType.Fixed64:
                return NumberOf<ulong>(field, ref json);
            case FieldType.UInt32 or FieldType.Fixed32:
                return NumberOf<uint>(field, ref json);
            case FieldType.Int32 or FieldType.Enum:
                return NumberOf<int>(field, ref json);
            default:
                throw new NotSupportedException($"OTLP has no field of type {field.FieldType}, which '{field.JsonName}' is.");
        }
    }

    // 64-bit integers are texts in protobuf's JSON; both forms are read for all numbers.
    private static T NumberOf<T>(FieldDescriptor field, ref Utf8JsonReader json) where T : INumber<T> =>
        json.TokenType is JsonTokenType.Number or JsonTokenType.String
        && T.TryParse(json.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Unreadable(field, ref json, "a number");

    private static ByteString BytesOf(FieldDescriptor field, string text)
    {
        var isId = field.JsonName is "traceId" or "spanId" or "parentSpanId";
        try
        {
            return UnsafeByteOperations.UnsafeWrap(isId ? Convert.FromHexString(text) : Convert.FromBase64String(text));
        }
        catch (FormatException exception)
        {
            throw new JsonException($"'{field.JsonName}' is '{text}'; expected {(isId ? "hexadecimal digits" : "base64")}.", exception);
        }
    }

    private static JsonException Unreadable(FieldDescriptor field, ref Utf8JsonReader json, string expected) =>
        new($"'{field.JsonName}' at byte {json.TokenStartIndex} is not {expected}.");

    private static Member[] MembersOf(MessageDescriptor descriptor) =>
        [.. descriptor.Fields.InDeclarationOrder().Select(field => new Member(Encoding.UTF8.GetBytes(field.JsonName), field))];

    private sealed record Member(byte[] Name, FieldDescriptor Field);
}
