using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ServiceDefaults.Api;

/// <summary>Writes the names and the required members of requests as clients send them.</summary>
internal static class OpenApiNames
{
    /// <summary>The framework takes over the names of C#, PageIndex. Queries are read in any case, and documented in one.</summary>
    public static Task WriteInCamelCaseAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var parameters = (operation.Parameters ?? []).OfType<OpenApiParameter>();
        foreach (var parameter in parameters.Where(parameter => parameter.In is ParameterLocation.Query))
        {
            parameter.Name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);
        }

        return Task.CompletedTask;
    }

    /// <summary>
    /// The framework documents every parameter of a record's constructor as required. A member of a request that may be null may be left
    /// out. Requests are the types with validation.
    /// </summary>
    public static Task RequireOnlyWhatMustBeSentAsync(
        OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var members = context.JsonTypeInfo.Properties;
        if (schema.Required is { Count: > 0 } required && members.Any(Has<ValidationAttribute>))
        {
            required.ExceptWith(
                from member in members
                where member.IsSetNullable && !Has<RequiredAttribute>(member)
                select member.Name);
        }

        return Task.CompletedTask;
    }

    // An attribute of a record is on the property or on the parameter of the constructor.
    private static bool Has<TAttribute>(JsonPropertyInfo member) where TAttribute : Attribute =>
        member.AttributeProvider?.IsDefined(typeof(TAttribute), inherit: true) is true
        || member.AssociatedParameter?.AttributeProvider?.IsDefined(typeof(TAttribute), inherit: true) is true;
}
