using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.OpenApi;

namespace ServiceDefaults.Api;

/// <summary>The rule for the key that a client chooses for each thing that must be done only once.</summary>
public static partial class IdempotencyKey
{
    public const string Header = "Idempotency-Key";
    public const string Pattern = "^[!-~]{1,100}$";

    public const string Fault =
        $"The header {Header} is required: 1 to 100 visible ASCII characters. "
        + "Use a new value for each operation and the same one for its retries.";

    private const string Meaning =
        "Makes a retry safe. Choose a new value for each operation and send the same one with each retry: it is done once, and every retry "
        + "gets the answer of the first. 1 to 100 visible ASCII characters.";

    public static bool IsValid(string? key) => key is not null && Rule().IsMatch(key);

    /// <summary>
    /// Describes the header in the OpenAPI document as required. The parameter of the handler has a default, so that a missing header is
    /// answered with <see cref="Fault"/>, and the framework takes it for optional.
    /// </summary>
    public static TBuilder WithIdempotencyKey<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>().Where(one => one.Name == Header))
            {
                (parameter.Required, parameter.Description) = (true, Meaning);
                if (parameter.Schema is OpenApiSchema schema)
                {
                    schema.Default = null;
                }
            }

            return Task.CompletedTask;
        });

    [GeneratedRegex(Pattern)]
    private static partial Regex Rule();
}
