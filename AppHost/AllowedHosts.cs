namespace AppHost;

/// <summary>
/// Tells each app of a deployment under which names it is reached; apps refuse others. On this machine they answer to its own names.
/// </summary>
internal static class AllowedHosts
{
    private const string AppSetting = "AllowedHosts";
    private const string PublicHosts = "Shop:PublicHosts";

    /// <summary>The apps get the addresses of their endpoints; WebApp also gets the names in <c>Shop:PublicHosts</c>.</summary>
    public static void AllowHosts(
        this IDistributedApplicationBuilder builder,
        IResourceBuilder<ProjectResource> webApp,
        params IReadOnlyList<IResourceBuilder<ProjectResource>> services)
    {
        if (builder.ExecutionContext.IsRunMode)
        {
            return;
        }

        foreach (var service in services)
        {
            service.WithEnvironment(AppSetting, ReferenceExpression.Create($"{service.GetEndpoint("http")}"));
        }

        var address = webApp.GetEndpoint("http");
        webApp.WithEnvironment(
            AppSetting,
            builder.Configuration[PublicHosts] is { Length: > 0 } names
                ? ReferenceExpression.Create($"{address};{names}")
                : ReferenceExpression.Create($"{address}"));
    }
}
