using StackExchange.Redis;

namespace EventBus.Redis;

/// <summary>The bus's keys, all below <c>messaging:</c>.</summary>
internal static class RedisKeys
{
    /// <summary>A stream of messages, oldest first.</summary>
    public static RedisKey Outbox(short partition) => $"messaging:outbox:{partition}";

    /// <summary>A sorted set of delayed messages, by the millisecond they are due.</summary>
    public static RedisKey Scheduled(short partition) => $"messaging:scheduled:{partition}";

    /// <summary>Holds the token of the partition's owner; expires.</summary>
    public static RedisKey Owner(short partition) => $"messaging:owner:{partition}";

    /// <summary>Notifies other replicas of commits. Channels are shared by all databases, so the number is part of the name.</summary>
    public static RedisChannel Wake(int database) => RedisChannel.Literal($"messaging:wake:{database}");

    /// <summary>Written to find out whether Redis takes writes; expires.</summary>
    public static RedisKey Probe { get; } = "messaging:probe";

    public static RedisKey Inbox(string consumer, Guid messageId) => $"messaging:inbox:{consumer}:{messageId}";

    public static RedisKey HandledVersion(string consumer, string type, string key) => $"messaging:version:{consumer}:{type}:{key}";
}
