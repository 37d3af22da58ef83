namespace WebApp.Identity.Tokens;

/// <summary>How access tokens are signed; section <c>Tokens</c>.</summary>
public sealed class TokenSigningOptions
{
    public const string SectionName = "Tokens";

    /// <summary>
    /// The private key: PKCS#8 in base64, curve P-256. Several, separated by commas, while keys are rotated: the first one signs, and the
    /// tokens of all are accepted. Required.
    /// </summary>
    public string SigningKey { get; set; } = "";

    /// <summary>How long a token is valid: more than zero, at most one hour. Default: ten minutes.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(10);
}
