using System.Text;

namespace EventBus.Outbox;

/// <summary>
/// The outbox is relayed in partitions, each by one process at a time. Messages with the same key share a partition and so keep their
/// order. The number is stored with each message: with fewer partitions, the rows of a removed one would stay in the outbox.
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
