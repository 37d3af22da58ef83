using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using ServiceDefaults.Tokens;

namespace WebApp.Identity.Tokens;

/// <summary>Stops the start of a shop that cannot sign tokens, with the reason and what to do.</summary>
public sealed class TokenSigningOptionsValidator : IValidateOptions<TokenSigningOptions>
{
    private const string Fix =
        "Start WebApp through AppHost, which makes a key pair, " +
        "or set Tokens:SigningKey (environment variable Tokens__SigningKey) to the output of: " +
        "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -outform DER | base64 -w0";

    public ValidateOptionsResult Validate(string? name, TokenSigningOptions options)
    {
        List<string> faults = [];

        if (string.IsNullOrWhiteSpace(options.SigningKey))
        {
            faults.Add($"Tokens:SigningKey is missing. {Fix}");
        }
        else if (!IsP256PrivateKey(options.SigningKey))
        {
            faults.Add($"Tokens:SigningKey is not a base64 PKCS#8 private key on curve P-256. {Fix}");
        }

        if (options.Lifetime <= TimeSpan.Zero || options.Lifetime > TimeSpan.FromHours(1))
        {
            faults.Add($"Tokens:Lifetime is {options.Lifetime}; it must be more than zero and at most one hour.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static bool IsP256PrivateKey(string base64)
    {
        try
        {
            return TokenKeys.ReadPrivate(base64).Count > 0;
        }
        catch (Exception fault) when (fault is FormatException or CryptographicException)
        {
            return false;
        }
    }
}
