namespace Flows.Otlp;

/// <summary>The fields of one protobuf message that have a length: nested messages and texts. Nothing is built or copied.</summary>
internal ref struct ProtobufFields(ReadOnlySpan<byte> message)
{
    private ReadOnlySpan<byte> _rest = message;

    public int Number { get; private set; }

    public ReadOnlySpan<byte> Content { get; private set; }

    /// <summary>Moves to the next field.</summary>
    /// <exception cref="OtlpException">The bytes are not a message.</exception>
    public bool Next()
    {
        while (!_rest.IsEmpty)
        {
            var tag = Varint();
            if (tag is < 1 << 3 or > uint.MaxValue)
            {
                throw OtlpException.NotOtlp("a field has an impossible number.");
            }

            Number = (int)(tag >> 3);
            switch (tag & 7)
            {
                case 0:
                    Varint();
                    break;
                case 1:
                    Take(sizeof(ulong));
                    break;
                case 2:
                    Content = Take(Varint());
                    return true;
                case 5:
                    Take(sizeof(uint));
                    break;
                default:
                    throw OtlpException.NotOtlp($"field {Number} has the unknown wire type {tag & 7}.");
            }
        }

        return false;
    }

    private ReadOnlySpan<byte> Take(ulong length)
    {
        if (length > (ulong)_rest.Length)
        {
            throw OtlpException.NotOtlp("a field is longer than its message.");
        }

        var taken = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return taken;
    }

    private ulong Varint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (_rest.IsEmpty)
            {
                break;
            }

            var next = _rest[0];
            _rest = _rest[1..];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw OtlpException.NotOtlp("a number does not end.");
    }
}
