using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ServiceDefaults.Api;

/// <summary>
/// Documents the answers that the pipeline gives, which no endpoint declares itself: refused requests, limits and outages, all as problem
/// details.
/// </summary>
internal static class OpenApiAnswers
{
    private const string Problem = "application/problem+json";

    public static async Task DescribeAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var hasBody = operation.RequestBody is not null;
        var takesInput = hasBody || operation.Parameters is { Count: > 0 };
        var isAnonymous = metadata.OfType<IAllowAnonymous>().Any();
        var needsRole = metadata.OfType<IAuthorizeData>().Any(data => data.Policy is not null);

        (int Status, string Description, bool Applies)[] answers =
        [
            (StatusCodes.Status400BadRequest, "The request is not valid; `errors` has each faulty field with the reason.", takesInput),
            (StatusCodes.Status401Unauthorized, "No valid access token.", !isAnonymous),
            (StatusCodes.Status403Forbidden, "The access token does not permit this operation.", needsRole),
            (StatusCodes.Status413PayloadTooLarge, "The body is too large.", hasBody),
            (StatusCodes.Status415UnsupportedMediaType, "The body has another content type than this operation takes.", hasBody),
            (StatusCodes.Status429TooManyRequests, "Too many requests; `Retry-After` has the seconds to wait.", true),
            (StatusCodes.Status500InternalServerError, "A fault of the service.", true),
            (StatusCodes.Status503ServiceUnavailable,
                "The service cannot reach its data; `Retry-After` has the seconds to wait.", true),
        ];

        operation.Responses ??= [];
        var document = context.Document!;
        foreach (var (status, description, _) in answers.Where(answer => answer.Applies))
        {
            var type = status == StatusCodes.Status400BadRequest ? typeof(HttpValidationProblemDetails) : typeof(ProblemDetails);
            if (document.Components?.Schemas?.ContainsKey(type.Name) is not true)
            {
                document.AddComponent(type.Name, await context.GetOrCreateSchemaAsync(type, cancellationToken: cancellationToken));
            }

            operation.Responses.TryAdd($"{status}", new OpenApiResponse { Description = description, Content = ContentOf(type) });
        }

        // A result without a body, such as NotFound, gets its problem from the pipeline.
        foreach (var answer in operation.Responses.Where(answer => answer.Key[0] is '4' or '5').Select(answer => answer.Value))
        {
            if (answer is OpenApiResponse { Content: null or { Count: 0 } } empty)
            {
                empty.Content = ContentOf(typeof(ProblemDetails));
            }
        }

        Dictionary<string, OpenApiMediaType> ContentOf(Type type) =>
            new() { [Problem] = new() { Schema = new OpenApiSchemaReference(type.Name, document) } };
    }
}
