using System.Buffers.Binary;
using System.Globalization;

namespace Flows.Traces;

/// <summary>A trace's id: 16 bytes, shown as 32 lower-case hexadecimal digits.</summary>
public readonly record struct TraceId(ulong High, ulong Low)
{
    public bool IsEmpty => High == 0 && Low == 0;

    public static TraceId From(ReadOnlySpan<byte> bytes) => bytes.Length == 16
        ? new TraceId(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]))
        : default;

    public static bool TryParse(string? text, out TraceId id)
    {
        id = default;
        if (text is not { Length: 32 }
            || !ulong.TryParse(text.AsSpan(0, 16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var high)
            || !ulong.TryParse(text.AsSpan(16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var low))
        {
            return false;
        }

        id = new TraceId(high, low);
        return !id.IsEmpty;
    }

    public override string ToString() => $"{High:x16}{Low:x16}";
}

/// <summary>A span's id: 8 bytes, shown as 16 lower-case hexadecimal digits.</summary>
public readonly record struct SpanId(ulong Value)
{
    public bool IsEmpty => Value == 0;

    public static SpanId From(ReadOnlySpan<byte> bytes) =>
        bytes.Length == 8 ? new SpanId(BinaryPrimitives.ReadUInt64BigEndian(bytes)) : default;

    public override string ToString() => $"{Value:x16}";
}

/// <summary>Where a span is to be found.</summary>
public readonly record struct SpanRef(TraceId TraceId, SpanId SpanId);
