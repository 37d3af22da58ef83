using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Primitives;

namespace Flows.Api;

/// <summary>Answers 400 with a fault for each parameter that is not of its type, such as <c>limit=ten</c>.</summary>
internal static class UnreadableParameters
{
    private static readonly MethodInfo TryParse =
        typeof(UnreadableParameters).GetMethod(nameof(IsParsable), BindingFlags.NonPublic | BindingFlags.Static)!;

    public static RouteGroupBuilder RefuseUnreadableParameters(this RouteGroupBuilder endpoints) =>
        endpoints.AddEndpointFilter(async (context, next) =>
        {
            // The framework sets the status, and still calls the filters.
            if (context.HttpContext.Response.StatusCode != StatusCodes.Status400BadRequest)
            {
                return await next(context);
            }

            return TypedResults.ValidationProblem(FaultsIn(context.HttpContext));
        });

    private static Dictionary<string, string[]> FaultsIn(HttpContext context) =>
        (context.GetEndpoint()?.Metadata.GetOrderedMetadata<IParameterBindingMetadata>() ?? [])
            .Where(parameter => context.Request.Query.ContainsKey(parameter.Name))
            .Select(parameter => (
                parameter.Name, Fault: FaultOf(parameter.ParameterInfo.ParameterType, context.Request.Query[parameter.Name])))
            .Where(parameter => parameter.Fault is not null)
            .ToDictionary(parameter => parameter.Name, parameter => new[] { parameter.Fault! });

    private static string? FaultOf(Type type, StringValues values)
    {
        var single = type.IsArray ? type.GetElementType()! : type;
        var plain = Nullable.GetUnderlyingType(single) ?? single;
        return values.FirstOrDefault(value => !CanRead(plain, value)) is { } unreadable
            ? $"'{unreadable}' is not {Describe(plain)}."
            : null;
    }

    // As the framework reads parameters: numbers, dates and milestones implement IParsable.
    private static bool CanRead(Type type, string? value) =>
        type.IsEnum ? Enum.TryParse(type, value, ignoreCase: false, out _)
        : type.GetInterface(typeof(IParsable<>).Name) is null || (bool)TryParse.MakeGenericMethod(type).Invoke(null, [value])!;

    private static bool IsParsable<T>(string? value) where T : IParsable<T> => T.TryParse(value, CultureInfo.InvariantCulture, out _);

    private static string Describe(Type type) =>
        type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(type))}"
        : type == typeof(int) ? "a whole number"
        : type == typeof(Milestone) ? "a message type, or type@queue"
        : $"a {type.Name}";
}
