using System.Security.Cryptography;
using System.Text;

namespace Ordering.Api.Webhooks;

/// <summary>The signature of Standard Webhooks (standardwebhooks.com), version 1: HMAC-SHA256 of <c>id.timestamp.body</c>.</summary>
internal static class WebhookSignature
{
    private const string SecretPrefix = "whsec_";

    public static string CreateSecret() => SecretPrefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>The value of the header <c>webhook-signature</c>.</summary>
    public static string Sign(string secret, string id, long timestamp, string body)
    {
        var key = Convert.FromBase64String(secret[SecretPrefix.Length..]);
        var signature = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{id}.{timestamp}.{body}"));
        return $"v1,{Convert.ToBase64String(signature)}";
    }
}
