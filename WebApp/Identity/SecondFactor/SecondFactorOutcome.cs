namespace WebApp.Identity.SecondFactor;

/// <summary>The result of a code, or of a change of the second factor.</summary>
public sealed record SecondFactorOutcome
{
    public static readonly SecondFactorOutcome Done = new();

    public static readonly SecondFactorOutcome WrongCode =
        new() { Field = "Code", Fault = "The code is wrong, or was used before. Enter the code that the app shows now." };

    public static readonly SecondFactorOutcome WrongPassword = new() { Field = "Password", Fault = "The password is wrong." };

    public bool IsDone => Fault is null && Wait is null;

    /// <summary>The field of the form with the fault.</summary>
    public string? Field { get; private init; }

    public string? Fault { get; private init; }

    /// <summary>How long the client must wait, because it guessed too often; null when it need not.</summary>
    public TimeSpan? Wait { get; private init; }

    /// <summary>New recovery codes, which can be shown only now.</summary>
    public IReadOnlyList<string> RecoveryCodes { get; init; } = [];

    public static SecondFactorOutcome Throttled(TimeSpan wait) => new() { Wait = wait };
}
