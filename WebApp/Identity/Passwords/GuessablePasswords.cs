using Microsoft.AspNetCore.Identity;

namespace WebApp.Identity.Passwords;

/// <summary>
/// Refuses passwords that programs guess early. The limits of guesses protect only passwords that need many, and a leaked table of hashes
/// has no limits.
/// </summary>
public sealed class GuessablePasswords : IPasswordValidator<ShopUser>
{
    private const string Advice = "Use a few words that do not belong together.";
    private const int ShortestWord = 3;

    // The decimal logarithm: a hundred million.
    private const double RequiredGuesses = 8;

    // The work of the estimate grows with the square of the length, and more characters than these cannot make a password weak.
    private const int Estimated = 64;

    private static readonly string[] NamesOfTheShop = ["shop", "webshop"];
    private static readonly char[] Separators = [' ', '.', '-', '_', '+', '@', '\''];

    public Task<IdentityResult> ValidateAsync(UserManager<ShopUser> manager, ShopUser user, string? password)
    {
        // A shorter one is refused for its length already.
        if (password is null || password.Length < manager.Options.Password.RequiredLength)
        {
            return Task.FromResult(IdentityResult.Success);
        }

        var text = password.Normalize();
        var estimate = new GuessEstimate(text.Length > Estimated ? text[..Estimated] : text, WordsAbout(user));
        return Task.FromResult(estimate.Guesses >= RequiredGuesses
            ? IdentityResult.Success
            : IdentityResult.Failed(new IdentityError { Code = "PasswordGuessable", Description = Explain(estimate.MainPattern) }));
    }

    private static string Explain(Pattern pattern) => pattern switch
    {
        Pattern.Personal =>
            "This password is mostly your name, your e-mail address or the name of the shop. Use words that have nothing to do with you.",
        Pattern.Common => $"Many people use this password or one like it, so it is tried first. {Advice}",
        Pattern.Repeat => $"Repeated characters or words are easy to guess. {Advice}",
        Pattern.Row => $"Neighbours on the keyboard or in the alphabet are easy to guess. {Advice}",
        Pattern.Year => $"Years are easy to guess. {Advice}",
        _ => $"This password is easy to guess. {Advice}",
    };

    private static IEnumerable<string> WordsAbout(ShopUser user)
    {
        string[] texts = [user.Name, user.Email ?? "", user.Email?.Split('@')[0] ?? ""];
        return texts
            .Concat(texts.SelectMany(text => text.Split(Separators)))
            .Concat(texts.Select(text => string.Concat(text.Split(Separators))))
            .Concat(NamesOfTheShop)
            .Where(word => word.Length >= ShortestWord);
    }
}
