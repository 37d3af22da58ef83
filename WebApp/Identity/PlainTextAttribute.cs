using System.ComponentModel.DataAnnotations;

namespace WebApp.Identity;

/// <summary>Text without control characters, of which PostgreSQL keeps no NUL, and without U+FFFE, which Unicode's normal forms refuse.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PlainTextAttribute() : ValidationAttribute("There is an invisible character in it. Please type it anew.")
{
    public override bool IsValid(object? value) => value is not string text || !text.Any(c => char.IsControl(c) || c is '\uFFFE');
}
