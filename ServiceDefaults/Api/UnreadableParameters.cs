using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Primitives;

namespace ServiceDefaults.Api;

/// <summary>
/// Finds all values in a path and query that are not of their parameter's type, such as <c>pageSize=ten</c>. The framework stops at the
/// first one, and a client should see all its faults at once.
/// </summary>
internal static class UnreadableParameters
{
    private const int LongestQuote = 40;

    private static readonly MethodInfo TryParse =
        typeof(UnreadableParameters).GetMethod(nameof(IsParsable), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <param name="context">A request that an exception handler answers.</param>
    public static Dictionary<string, string[]> Of(HttpContext context)
    {
        // The exception handler middleware has moved endpoint and route values from the request to this feature.
        var failed = context.Features.GetRequiredFeature<IExceptionHandlerFeature>();

        return (failed.Endpoint?.Metadata.GetOrderedMetadata<IParameterBindingMetadata>() ?? [])
            .Where(parameter => parameter.HasTryParse)
            .Select(parameter => (
                parameter.Name,
                Fault: FaultOf(parameter.ParameterInfo.ParameterType, ValuesOf(context.Request.Query, failed, parameter.Name))))
            .Where(parameter => parameter.Fault is not null)
            .ToDictionary(parameter => parameter.Name, parameter => new[] { parameter.Fault! });
    }

    private static StringValues ValuesOf(IQueryCollection query, IExceptionHandlerFeature failed, string name) =>
        failed.RouteValues?.TryGetValue(name, out var value) is true ? $"{value}" : query[name];

    private static string? FaultOf(Type type, StringValues values)
    {
        var single = type.IsArray ? type.GetElementType()! : type;
        var plain = Nullable.GetUnderlyingType(single) ?? single;
        return values.FirstOrDefault(value => !CanRead(plain, value)) is { } unreadable
            ? $"The value must be {NameOf(plain)}; it is '{Shorten(unreadable)}'."
            : null;
    }

    private static string Shorten(string value) => value.Length > LongestQuote ? $"{value[..LongestQuote]}…" : value;

    // As the framework reads parameters: numbers, dates, booleans and Guids implement IParsable.
    private static bool CanRead(Type type, string? value) =>
        type.IsEnum ? Enum.TryParse(type, value, ignoreCase: true, out _)
        : type.GetInterface(typeof(IParsable<>).Name) is null || (bool)TryParse.MakeGenericMethod(type).Invoke(null, [value])!;

    private static bool IsParsable<T>(string? value) where T : IParsable<T> => T.TryParse(value, CultureInfo.InvariantCulture, out _);

    private static string NameOf(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Int32 or TypeCode.Int64 => "a whole number",
        TypeCode.Decimal or TypeCode.Double => "a number such as 19.90",
        TypeCode.Boolean => "true or false",
        _ => type.GetCustomAttribute<DescriptionAttribute>()?.Description ?? $"a {type.Name}",
    };
}
