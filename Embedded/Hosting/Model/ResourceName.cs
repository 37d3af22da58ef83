namespace Aspire.Hosting.ApplicationModel;

/// <summary>Marks a parameter that is a resource's name, as in Aspire.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ResourceNameAttribute : Attribute;

/// <summary>Marks a parameter that is an endpoint's name, as in Aspire.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class EndpointNameAttribute : Attribute;

internal static class ResourceName
{
    public static void Validate(string name, string kind = "Resource")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var fault = name switch
        {
            { Length: > 64 } => "it is longer than 64 characters",
            _ when name.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '-') => "it may have only ASCII letters, digits and hyphens",
            _ when !char.IsAsciiLetter(name[0]) => "it must start with an ASCII letter",
            _ when name.EndsWith('-') => "it must not end with a hyphen",
            _ when name.Contains("--", StringComparison.Ordinal) => "it must not have two hyphens in a row",
            _ => null,
        };
        if (fault is not null)
        {
            throw new ArgumentException($"{kind} name '{name}' is invalid: {fault}.", nameof(name));
        }
    }
}
