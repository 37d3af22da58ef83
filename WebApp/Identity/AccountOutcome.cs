using Microsoft.AspNetCore.Identity;

namespace WebApp.Identity;

/// <summary>The result of opening or changing an account: done, faults by field, or a time to wait.</summary>
/// <param name="User">The changed account; null where the answer must not depend on it.</param>
public sealed record AccountOutcome(ShopUser? User)
{
    /// <summary>What was asked for is done, as far as this person may know.</summary>
    public static readonly AccountOutcome Accepted = new((ShopUser?)null);

    public bool IsRefused => Errors.Count > 0 || Wait is not null;

    public IReadOnlyDictionary<string, string[]> Errors { get; private init; } = new Dictionary<string, string[]>();

    /// <summary>How long the client must wait, because it guessed too often; null when it need not.</summary>
    public TimeSpan? Wait { get; private init; }

    public static AccountOutcome Refused(IdentityResult result) => new((ShopUser?)null) { Errors = AccountErrors.ByField(result) };

    public static AccountOutcome Refused(string field, string reason) =>
        new((ShopUser?)null) { Errors = new Dictionary<string, string[]> { [field] = [reason] } };

    public static AccountOutcome Throttled(TimeSpan wait) => new((ShopUser?)null) { Wait = wait };
}
