using System.Security.Cryptography;
using System.Text.Json;
using StackExchange.Redis;

namespace Basket.Api.Checkouts;

/// <summary>What a checkout answered, kept so that its repeat answers the same: <c>checkout:{buyer}:{idempotency key}</c>.</summary>
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
    /// Tells whether a repeat has the same body. Nothing of a card may be found out from what is stored, so its number takes part only with
    /// its last four digits and its security code not at all. Nor does the expected total: a buyer who sends again what was placed may have
    /// been shown another one meanwhile.
    /// </summary>
    public static string FingerprintOf(CheckoutRequest request)
    {
        var card = request.Card is { } full
            ? full with { Number = string.Concat((full.Number ?? "").Where(char.IsAsciiDigit).TakeLast(4)), SecurityCode = null }
            : null;
        return Convert.ToBase64String(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request with { Card = card, ExpectedTotal = null })));
    }
}
