namespace ServiceDefaults.Tokens;

/// <summary>How access tokens are checked; section <c>Tokens</c>.</summary>
public sealed class TokenOptions
{
    public const string SectionName = "Tokens";

    /// <summary>The <c>iss</c> of the tokens that WebApp makes for its pages, for guests and for tools.</summary>
    public const string OwnIssuer = "shop";

    /// <summary>The <c>aud</c> of every token.</summary>
    public const string Audience = "shop";

    /// <summary>The allowed difference between the clocks of the signer and the checker.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The public half of the P-256 key that WebApp signs with, as base64 of its SubjectPublicKeyInfo; several, separated by commas, while
    /// keys are rotated. Required.
    /// </summary>
    public string PublicKey { get; set; } = "";

    /// <summary>
    /// The <c>iss</c> of the tokens that programs get by OAuth: the public address of the shop. Default: none, and such tokens are refused.
    /// </summary>
    public Uri? Issuer { get; set; }
}
