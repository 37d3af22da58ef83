using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using ServiceDefaults.Tokens;

namespace WebApp.Identity.Tokens;

/// <summary>Signs the short-lived access tokens. The services check them with the public key, without a request to WebApp.</summary>
public sealed class TokenIssuer
{
    private const string Scheme = "Bearer ";

    private readonly TimeProvider _clock;
    private readonly TimeSpan _lifetime;
    private readonly IReadOnlyList<SecurityKey> _keys;
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly SigningCredentials _credentials;

    public TokenIssuer(IOptions<TokenSigningOptions> options, TimeProvider clock)
    {
        _clock = clock;
        _lifetime = options.Value.Lifetime;
        _keys = TokenKeys.ReadPrivate(options.Value.SigningKey);
        _credentials = new SigningCredentials(_keys[0], SecurityAlgorithms.EcdsaSha256);
    }

    public AccessToken Issue(Visitor visitor)
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        var token = _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = TokenOptions.OwnIssuer,
            Audience = TokenOptions.Audience,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + _lifetime,
            Claims = ClaimsOf(visitor),
            SigningCredentials = _credentials,
        });

        return new AccessToken(token, "Bearer", (int)_lifetime.TotalSeconds);
    }

    /// <summary>The guest whose token the header <c>Authorization</c> carries; null when it carries anything else.</summary>
    public async Task<Guid?> ReadGuestAsync(string? authorization)
    {
        if (authorization?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) is not true)
        {
            return null;
        }

        var result = await _handler.ValidateTokenAsync(authorization[Scheme.Length..].Trim(), new TokenValidationParameters
        {
            ValidIssuer = TokenOptions.OwnIssuer,
            ValidAudience = TokenOptions.Audience,
            IssuerSigningKeys = _keys,
            LifetimeValidator = (_, expires, _, _) => expires > _clock.GetUtcNow().UtcDateTime,
        });

        return result.IsValid
            && result.Claims.ContainsKey(VisitorClaims.Guest)
            && Guid.TryParse(result.Claims[VisitorClaims.Id] as string, out var id)
            ? id
            : null;
    }

    private static Dictionary<string, object> ClaimsOf(Visitor visitor)
    {
        var claims = new Dictionary<string, object> { [VisitorClaims.Id] = visitor.Id.ToString() };
        Add(VisitorClaims.Name, visitor.Name);
        Add(VisitorClaims.Email, visitor.Email);
        Add(VisitorClaims.Role, visitor.IsAdmin ? VisitorClaims.AdminRole : null);
        Add(VisitorClaims.Guest, visitor.IsGuest ? "true" : null);
        Add(VisitorClaims.GuestId, visitor.MergedGuest?.ToString());
        return claims;

        void Add(string type, object? value)
        {
            if (value is not null)
            {
                claims[type] = value;
            }
        }
    }
}
