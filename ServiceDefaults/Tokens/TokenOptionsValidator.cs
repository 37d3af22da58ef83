using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace ServiceDefaults.Tokens;

internal sealed class TokenOptionsValidator : IValidateOptions<TokenOptions>
{
    public ValidateOptionsResult Validate(string? name, TokenOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.PublicKey))
        {
            return ValidateOptionsResult.Fail(
                "Tokens:PublicKey is not set. Give the public half of WebApp's signing key (base64 of SubjectPublicKeyInfo, P-256), " +
                "for example as environment variable Tokens__PublicKey. AppHost passes it by itself: dotnet run --project AppHost.");
        }

        return CanRead(options.PublicKey)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail("Tokens:PublicKey is not the base64 form of the SubjectPublicKeyInfo of a P-256 key.");
    }

    private static bool CanRead(string publicKey)
    {
        try
        {
            return TokenKeys.ReadPublic(publicKey).Count > 0;
        }
        catch (Exception exception) when (exception is FormatException or CryptographicException)
        {
            return false;
        }
    }
}
