using Google.Rpc;

namespace Flows.Otlp;

/// <summary>A request is refused as a whole; the message says why.</summary>
public sealed class OtlpException(Code code, string message) : Exception(message)
{
    public Code Code { get; } = code;

    public static OtlpException NotOtlp(string reason) => new(Code.InvalidArgument, $"The body is not OTLP: {reason}");

    public static OtlpException TooLarge(string reason) => new(Code.ResourceExhausted, reason);
}
