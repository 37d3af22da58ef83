using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Primitives;

namespace ServiceDefaults.Api;

/// <summary>The host names that requests may be sent to; setting <c>AllowedHosts</c>, which is ASP.NET Core's own.</summary>
public sealed class AllowedHostOptions : IValidatableObject
{
    public const string Setting = "AllowedHosts";

    private const string All = "*";
    private const string Subdomains = "*.";
    private static readonly string[] ThisMachine = ["localhost", "*.localhost", "127.0.0.1", "[::1]"];

    /// <summary>
    /// Separated by semicolons: names such as <c>shop.example.com</c>, <c>*.example.com</c> for all its subdomains, <c>*</c> for all names.
    /// An address such as <c>http://catalog-api:8080</c> stands for its name. Default: the names of this machine.
    /// </summary>
    public string? Value { get; set; }

    internal IEnumerable<StringSegment> Patterns =>
        (Entries is [] ? ThisMachine : Entries).Select(entry => new StringSegment(NameIn(entry)));

    private string[] Entries => (Value ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => Entries
        .Where(entry => !IsPattern(NameIn(entry)))
        .Select(entry => new ValidationResult(
            $"{Setting} has '{entry}', which is not a host name such as shop.example.com or *.example.com.", [nameof(Value)]));

    private static string NameIn(string entry) =>
        entry.Contains("://", StringComparison.Ordinal) && Uri.TryCreate(entry, UriKind.Absolute, out var address) ? address.Host : entry;

    private static bool IsPattern(string name) => name is All
        || Uri.CheckHostName(name.StartsWith(Subdomains, StringComparison.Ordinal) ? name[Subdomains.Length..] : name)
            is not UriHostNameType.Unknown;
}
