using System.ComponentModel.DataAnnotations;
using ServiceDefaults.Text;

namespace WebApp.Identity;

/// <summary>What opens an account: the body of <c>POST /api/identity/register</c> and the form of the page.</summary>
public sealed class Registration
{
    public const string PasswordHint = "At least 10 characters. A few words you remember are fine.";

    [Required(ErrorMessage = "Enter your name."),
    MaxLength(ShopUser.NameMaxLength, ErrorMessage = "Use at most {1} characters."), PlainText]
    public string? Name { get; set; }

    [Required(ErrorMessage = "Enter your e-mail address."), EmailAddress(ErrorMessage = AccountErrors.NotAnAddress)]
    [MaxLength(Credentials.EmailMaxLength, ErrorMessage = "Use at most {1} characters."), PlainText]
    public string? Email { get; set; }

    [Required(ErrorMessage = "Choose a password."),
    MaxLength(Credentials.PasswordMaxLength, ErrorMessage = "Use at most {1} characters."), PlainText]
    public string? Password { get; set; }
}
