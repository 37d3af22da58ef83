using System.ComponentModel.DataAnnotations;
using ServiceDefaults.Text;

namespace WebApp.Identity.SecondFactor;

/// <summary>A form that asks for a code of the second factor.</summary>
public sealed class CodeForm
{
    [Required(ErrorMessage = "Enter a code."),
    MaxLength(SecondFactorCodes.MaxLength, ErrorMessage = "Use at most {1} characters."), PlainText]
    public string? Code { get; set; }

    /// <summary>What the code permits, where a page has several buttons.</summary>
    public string? Change { get; set; }
}
