using System.ComponentModel.DataAnnotations;
using ServiceDefaults.Text;

namespace WebApp.Identity;

/// <summary>What signs in: the body of <c>POST /api/identity/token</c>, and a part of the form of the page.</summary>
public class Credentials
{
    public const int EmailMaxLength = 256;

    /// <summary>A limit, because hashing a longer password only costs time.</summary>
    public const int PasswordMaxLength = 128;

    [Required(ErrorMessage = "Enter your e-mail address."), PlainText]
    public string? Email { get; set; }

    [Required(ErrorMessage = "Enter your password."), MaxLength(PasswordMaxLength, ErrorMessage = "Use at most {1} characters."), PlainText]
    public string? Password { get; set; }
}
