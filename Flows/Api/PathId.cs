namespace Flows.Api;

/// <summary>An id in the path of a request. The server decodes all of a path but <c>%2F</c>, which would divide it.</summary>
public static class PathId
{
    public static string Of(string routeValue) => routeValue.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
}
