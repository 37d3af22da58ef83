using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Flows.Otlp;

/// <summary>
/// Texts in JSON. <see cref="Utf8JsonReader.GetString"/> throws at half a surrogate pair (<c>"cut \ud83d"</c>) and at invalid UTF-8, which
/// programs send that cut texts at a length. Here, U+FFFD is taken instead.
/// </summary>
internal static class JsonText
{
    /// <summary>The text of the current token.</summary>
    public static string Of(ref Utf8JsonReader json) =>
        json.ValueIsEscaped ? Unescape(json.ValueSpan) : Encoding.UTF8.GetString(json.ValueSpan);

    /// <summary>Whether the current token, a name, is this one.</summary>
    public static bool NameIs(this ref Utf8JsonReader json, ReadOnlySpan<byte> name) =>
        json.ValueIsEscaped ? Encoding.UTF8.GetBytes(Of(ref json)).AsSpan().SequenceEqual(name) : json.ValueSpan.SequenceEqual(name);

    /// <exception cref="JsonException">The current token is another one.</exception>
    public static void Expect(this ref Utf8JsonReader json, JsonTokenType expected)
    {
        if (json.TokenType != expected)
        {
            throw new JsonException($"{json.TokenType} at byte {json.TokenStartIndex}; expected {expected}.");
        }
    }

    // The reader has checked the escapes' form.
    private static string Unescape(ReadOnlySpan<byte> escaped)
    {
        var text = new StringBuilder(escaped.Length);
        while (escaped.IndexOf((byte)'\\') is var at and >= 0)
        {
            text.Append(Encoding.UTF8.GetString(escaped[..at]));
            var isUnicode = escaped[at + 1] == 'u';
            text.Append(escaped[at + 1] switch
            {
                (byte)'u' => (char)ushort.Parse(escaped.Slice(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
                (byte)'n' => '\n',
                (byte)'t' => '\t',
                (byte)'r' => '\r',
                (byte)'b' => '\b',
                (byte)'f' => '\f',
                var itself => (char)itself,
            });
            escaped = escaped[(at + (isUnicode ? 6 : 2))..];
        }

        text.Append(Encoding.UTF8.GetString(escaped));
        // On the way through UTF-8, half a surrogate pair becomes U+FFFD.
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.ToString()));
    }
}
