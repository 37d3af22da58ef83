using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace Catalog.Api.Caching;

internal static class CachedEndpoints
{
    /// <summary>
    /// Caches the answers of these endpoints until the catalog changes. A query member that an endpoint does not read has no effect on the
    /// cache: otherwise any client could fill it with copies of one answer.
    /// </summary>
    public static TBuilder CacheUntilChange<TBuilder>(this TBuilder endpoints) where TBuilder : IEndpointConventionBuilder
    {
        endpoints.CacheOutput(CatalogCachePolicy.Name);
        endpoints.Add(endpoint => endpoint.Metadata.Add(new CachedQuery([.. MembersOf((RouteEndpointBuilder)endpoint)])));
        return endpoints;
    }

    private static IEnumerable<string> MembersOf(RouteEndpointBuilder endpoint) =>
        from parameter in endpoint.Metadata.OfType<MethodInfo>().Single().GetParameters()
        from name in NamesOf(parameter)
        where endpoint.RoutePattern.GetParameter(name) is null
        select name;

    private static IEnumerable<string> NamesOf(ParameterInfo parameter) => parameter switch
    {
        _ when parameter.IsDefined(typeof(AsParametersAttribute)) =>
            parameter.ParameterType.GetProperties().Where(property => IsText(property.PropertyType)).Select(property => property.Name),
        _ when IsText(parameter.ParameterType) =>
            [parameter.GetCustomAttributes().OfType<IFromQueryMetadata>().FirstOrDefault()?.Name ?? parameter.Name!],
        _ => [],
    };

    /// <summary>Whether the framework reads such a parameter from the path or the query; all others are services.</summary>
    private static bool IsText(Type type)
    {
        var item = type.IsArray ? type.GetElementType()! : type;
        var value = Nullable.GetUnderlyingType(item) ?? item;
        return value == typeof(string) || value.IsEnum
            || value.GetMethods(BindingFlags.Public | BindingFlags.Static).Any(method => method.Name == nameof(int.TryParse));
    }
}
