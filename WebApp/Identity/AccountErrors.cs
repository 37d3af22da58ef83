using Microsoft.AspNetCore.Identity;

namespace WebApp.Identity;

/// <summary>The faults of a registration, as texts that are shown beside the field.</summary>
public sealed class AccountErrors : IdentityErrorDescriber
{
    public const string NotAnAddress = "Enter an e-mail address, like name@example.com.";

    public override IdentityError DuplicateEmail(string email) =>
        new() { Code = nameof(DuplicateEmail), Description = "This e-mail address already has an account." };

    // The user name is the e-mail address, so its faults are those of the address.
    public override IdentityError DuplicateUserName(string userName) => DuplicateEmail(userName);

    public override IdentityError InvalidUserName(string? userName) => InvalidEmail(userName);

    public override IdentityError InvalidEmail(string? email) =>
        new() { Code = nameof(InvalidEmail), Description = NotAnAddress };

    public override IdentityError PasswordTooShort(int length) =>
        new() { Code = nameof(PasswordTooShort), Description = $"Use at least {length} characters. A few words you remember are fine." };

    public override IdentityError PasswordRequiresUniqueChars(int uniqueChars) =>
        new() { Code = nameof(PasswordRequiresUniqueChars), Description = $"Use at least {uniqueChars} different characters." };

    public override IdentityError PasswordMismatch() =>
        new() { Code = nameof(PasswordMismatch), Description = "The current password is wrong." };

    public static bool IsWrongPassword(IdentityResult result) => result.Errors.Any(error => error.Code == nameof(PasswordMismatch));

    /// <summary>Whether the address has an account already.</summary>
    public static bool IsTaken(IdentityResult result) => result.Errors.Any(error => error.Code == nameof(DuplicateEmail));

    /// <summary>Reasons by field, each once.</summary>
    public static Dictionary<string, string[]> ByField(IdentityResult result) => result.Errors
        .GroupBy(error => FieldOf(error.Code), error => error.Description)
        .ToDictionary(field => field.Key, field => field.Distinct().ToArray());

    private static string FieldOf(string code) =>
        code == nameof(PasswordMismatch) ? "currentPassword"
        : code.Contains("Password", StringComparison.Ordinal) ? "password"
        : "email";
}
