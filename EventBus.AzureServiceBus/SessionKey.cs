using System.Globalization;
using System.Text;
using EventBus.Transport;

namespace EventBus.AzureServiceBus;

/// <summary>
/// Messages with the same key are in the same session, which one replica at a time receives. A session holds many keys: accepting one costs
/// three round trips, and most keys have few messages. The consumer handles different keys of a session at the same time.
/// </summary>
internal static class SessionKey
{
    /// <summary>Never change it: messages of a key that are on their way in two sessions may overtake each other.</summary>
    public const int Count = 32;

    /// <summary>The session of a message; one without a key belongs to any.</summary>
    public static string Of(TransportMessage message) =>
        (Hash(message.Key ?? message.MessageId ?? "") % Count).ToString(CultureInfo.InvariantCulture);

    /// <summary>FNV-1a: the same in every process and on every machine, unlike <see cref="string.GetHashCode()"/>.</summary>
    private static uint Hash(string key)
    {
        var hash = 2166136261u;
        foreach (var unit in Encoding.UTF8.GetBytes(key))
        {
            hash = (hash ^ unit) * 16777619u;
        }

        return hash;
    }
}
