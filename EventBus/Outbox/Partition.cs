using System.Text;

namespace EventBus.Outbox;

/// <summary>
/// The outbox is relayed in lanes, each by one process at a time; the messages of one key share a lane and so keep their order.
/// The number is part of what is stored: with another number the rows of a lane that no longer exists would stay behind.
/// </summary>
internal static class Partition
{
    public const short Count = 2;

    /// <summary>FNV-1a of the key: the same in every process and on every machine, unlike <see cref="string.GetHashCode()"/>.</summary>
    public static short Of(string key)
    {
        var hash = 2166136261u;
        foreach (var unit in Encoding.UTF8.GetBytes(key))
        {
            hash = (hash ^ unit) * 16777619u;
        }

        return (short)(hash % Count);
    }
}
