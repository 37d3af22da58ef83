namespace WebApp.Identity.Tokens;

/// <summary>How access tokens are signed; section <c>Tokens</c>.</summary>
public sealed class TokenSigningOptions
{
    public const string SectionName = "Tokens";

    /// <summary>The private key: PKCS#8 in base64, curve P-256. Required.</summary>
    public string SigningKey { get; set; } = "";

    /// <summary>How long a token is valid: more than zero, at most one hour. Default: ten minutes.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(10);
}
