using System.ComponentModel.DataAnnotations;

namespace WebApp.Identity.OAuth;

/// <summary>The programs that may get tokens by OAuth; section <c>OAuth</c>.</summary>
public sealed class OAuthOptions : IValidatableObject
{
    public const string SectionName = "OAuth";

    /// <summary>Default: none.</summary>
    public List<OAuthClient> Clients { get; set; } = [];

    /// <summary>
    /// The pages of the APIs' documentation, whose button "Authorize" signs in as the public client <c>scalar</c>. Default: none; the
    /// client does not exist then. AppHost sets them in development.
    /// </summary>
    public List<Uri> DocumentationPages { get; set; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (client, number) in Clients.Select((client, number) => (client, number)))
        {
            if (client.Fault is { } fault)
            {
                yield return new ValidationResult($"{SectionName}:Clients:{number} {fault}", [nameof(Clients)]);
            }
        }

        foreach (var id in Clients.GroupBy(client => client.Id).Where(same => same.Count() > 1).Select(same => same.Key))
        {
            yield return new ValidationResult($"{SectionName}:Clients has the id '{id}' twice.", [nameof(Clients)]);
        }
    }
}
