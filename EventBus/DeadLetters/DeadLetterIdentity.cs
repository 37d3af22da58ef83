using System.Security.Cryptography;
using System.Text;
using EventBus.Transport;

namespace EventBus.DeadLetters;

/// <summary>Names a dead letter and its group by what they hold: brokers give a message in a queue no id that lasts.</summary>
internal static class DeadLetterIdentity
{
    private const int Bytes = 12;

    public static string Of(TransportMessage message)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(
            hash,
            message.Type, message.MessageId, message.Text(HeaderNames.OriginQueue), message.Text(HeaderNames.LastFailedAt),
            message.Text(HeaderNames.Attempt), message.Text(HeaderNames.ReplayedAt));
        hash.AppendData(message.Body.Span);
        return Read(hash);
    }

    public static string OfGroup(string? type, string reason, string? exceptionType, string? frame)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, type, reason, exceptionType, frame);
        return Read(hash);
    }

    private static void Append(IncrementalHash hash, params ReadOnlySpan<string?> parts)
    {
        foreach (var part in parts)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(part ?? ""));
            hash.AppendData([0]);
        }
    }

    private static string Read(IncrementalHash hash) => Convert.ToHexStringLower(hash.GetHashAndReset(), 0, Bytes);
}
