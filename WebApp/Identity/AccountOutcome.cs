using Microsoft.AspNetCore.Identity;

namespace WebApp.Identity;

/// <summary>The result of opening or changing an account: the account, faults by field, or a time to wait.</summary>
public sealed record AccountOutcome(ShopUser? User)
{
    public IReadOnlyDictionary<string, string[]> Errors { get; private init; } = new Dictionary<string, string[]>();

    /// <summary>How long the client must wait, because it guessed too often; null when it need not.</summary>
    public TimeSpan? Wait { get; private init; }

    public static AccountOutcome Refused(IdentityResult result) => new((ShopUser?)null) { Errors = AccountErrors.ByField(result) };

    public static AccountOutcome Throttled(TimeSpan wait) => new((ShopUser?)null) { Wait = wait };
}
