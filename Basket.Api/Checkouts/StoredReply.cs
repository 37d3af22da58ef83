using System.Security.Cryptography;
using System.Text.Json;
using StackExchange.Redis;

namespace Basket.Api.Checkouts;

/// <summary>The reply of a checkout, stored for its repeats as <c>checkout:{buyer}:{idempotency key}</c>.</summary>
public sealed record StoredReply(Guid OrderId, string Fingerprint)
{
    public static RedisKey KeyOf(Guid buyerId, string idempotencyKey) => $"checkout:{buyerId:n}:{idempotencyKey}";

    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    public static async Task<StoredReply?> FindAsync(IDatabase database, RedisKey key)
    {
        var json = await database.StringGetAsync(key);
        return json.IsNull ? null : JsonSerializer.Deserialize<StoredReply>((string)json!, JsonSerializerOptions.Web);
    }

    /// <summary>
    /// A hash that shows whether a repeat has the same body. Stored data must not reveal a card, so the hash has only the last four digits
    /// of its number, and not its security code. The expected total is left out as well: the buyer of a repeat may have been shown another
    /// one.
    /// </summary>
    public static string FingerprintOf(CheckoutRequest request)
    {
        var card = request.Card is { } full
            ? full with { Number = string.Concat((full.Number ?? "").Where(char.IsAsciiDigit).TakeLast(4)), SecurityCode = null }
            : null;
        return Convert.ToBase64String(
            SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request with { Card = card, ExpectedTotal = null })));
    }
}
