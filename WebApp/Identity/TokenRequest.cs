using System.ComponentModel.DataAnnotations;
using ServiceDefaults.Text;
using WebApp.Identity.SecondFactor;

namespace WebApp.Identity;

/// <summary>The body of <c>POST /api/identity/token</c>.</summary>
public sealed class TokenRequest : Credentials
{
    /// <summary>
    /// The code that the authenticator app shows, or a recovery code; for accounts with a second factor. Each can be used once.
    /// </summary>
    [MaxLength(SecondFactorCodes.MaxLength, ErrorMessage = "Use at most {1} characters."), PlainText]
    public string? Code { get; set; }
}
