using System.Text.RegularExpressions;

namespace Basket.Api.Checkouts;

/// <summary>The rule for the key that a client chooses for each checkout.</summary>
public static partial class IdempotencyKey
{
    public const string Header = "Idempotency-Key";
    public const string Pattern = "^[!-~]{1,100}$";

    public const string Fault =
        $"The header {Header} is required: 1 to 100 visible ASCII characters. "
        + "Use a new value for each checkout and the same one for retries.";

    public static bool IsValid(string? key) => key is not null && Rule().IsMatch(key);

    [GeneratedRegex(Pattern)]
    private static partial Regex Rule();
}
