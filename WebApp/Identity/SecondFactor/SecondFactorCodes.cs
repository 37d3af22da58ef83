using Microsoft.AspNetCore.Identity;
using WebApp.Identity.Attempts;

namespace WebApp.Identity.SecondFactor;

/// <summary>
/// Checks codes of an authenticator app and recovery codes. Each can be used once, and guesses are limited as those of passwords are.
/// </summary>
public sealed class SecondFactorCodes(
    UserManager<ShopUser> users, GuessLimits guesses, AttemptCounters counters, SecurityAudit audit)
{
    public const int MaxLength = 20;

    private const int AppCodeLength = 6;
    private const int HalfOfRecoveryCode = 5;

    // ASP.NET Core Identity accepts the codes of five steps of 30 seconds.
    private static readonly AttemptLimit OneUse = new("used-code", AtOnce: 1, Pause: TimeSpan.FromMinutes(3));

    /// <summary>Checks a code of the app, or a recovery code.</summary>
    /// <param name="code">As typed: spaces do not matter.</param>
    public Task<SecondFactorOutcome> CheckAsync(ShopUser user, string code, CancellationToken cancellationToken)
    {
        var digits = WithoutSpaces(code);
        return CheckAsync(user, digits, digits.Length == AppCodeLength ? IsAppCodeAsync : IsRecoveryCodeAsync, cancellationToken);
    }

    /// <summary>Checks a code of the app: it proves that the app has the key.</summary>
    public Task<SecondFactorOutcome> CheckAppAsync(ShopUser user, string code, CancellationToken cancellationToken) =>
        CheckAsync(user, WithoutSpaces(code), IsAppCodeAsync, cancellationToken);

    private async Task<SecondFactorOutcome> CheckAsync(
        ShopUser user, string code, Func<ShopUser, string, CancellationToken, Task<bool>> isRightAsync, CancellationToken cancellationToken)
    {
        var guess = await guesses.CountCodeAsync(user.Id, cancellationToken);

        if (guess.Wait is { } wait)
        {
            audit.Throttled(user.Id);
            return SecondFactorOutcome.Throttled(wait);
        }

        if (!await isRightAsync(user, code, cancellationToken))
        {
            audit.SecondFactorFailed(user.Id);
            return SecondFactorOutcome.WrongCode;
        }

        await guesses.ForgetAsync(guess, cancellationToken);
        return SecondFactorOutcome.Done;
    }

    private async Task<bool> IsAppCodeAsync(ShopUser user, string code, CancellationToken cancellationToken)
    {
        var isRight = await users.VerifyTwoFactorTokenAsync(user, TokenOptions.DefaultAuthenticatorProvider, code)
            && await counters.ReserveAsync([OneUse.For($"{user.Id}", code)], cancellationToken) is null;

        if (isRight)
        {
            audit.SecondFactorUsed(user.Id);
        }

        return isRight;
    }

    private async Task<bool> IsRecoveryCodeAsync(ShopUser user, string code, CancellationToken cancellationToken)
    {
        var isRight = (await users.RedeemTwoFactorRecoveryCodeAsync(user, AsPrinted(code))).Succeeded;

        if (isRight)
        {
            audit.RecoveryCodeUsed(user.Id);
        }

        return isRight;
    }

    // AAAAA-BBBBB; people leave out the hyphen, and type small letters.
    private static string AsPrinted(string code)
    {
        var letters = code.Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();
        return letters.Length == 2 * HalfOfRecoveryCode ? $"{letters[..HalfOfRecoveryCode]}-{letters[HalfOfRecoveryCode..]}" : letters;
    }

    private static string WithoutSpaces(string code) => string.Concat(code.Where(letter => !char.IsWhiteSpace(letter)));
}
