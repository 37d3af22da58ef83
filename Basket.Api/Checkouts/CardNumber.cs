namespace Basket.Api.Checkouts;

/// <summary>The number on a payment card. It is checked here and not passed on; other services get a token.</summary>
public static class CardNumber
{
    private const int MinDigits = 12;
    private const int MaxDigits = 19;

    /// <summary>The digits; null when the text has other characters than digits, spaces and dashes, or is not a card number.</summary>
    public static string? Parse(string? text)
    {
        var digits = string.Concat((text ?? "").Where(character => character is not (' ' or '-')));
        return digits.Length is >= MinDigits and <= MaxDigits
            && digits.All(char.IsAsciiDigit)
            && HasValidCheckDigit(digits) ? digits : null;
    }

    // Luhn: from the right every second digit is doubled, digit sums are added, and the total is a multiple of ten.
    private static bool HasValidCheckDigit(string digits)
    {
        var sum = 0;

        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            var value = i % 2 == 0 ? digit : digit * 2;
            sum += value > 9 ? value - 9 : value;
        }

        return sum % 10 == 0;
    }
}
