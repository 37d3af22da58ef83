namespace AppHost;

/// <summary>Gives the Apis the issuer of OAuth tokens, and WebApp the documentation pages that may ask for tokens.</summary>
internal static class OAuthSettings
{
    private const string PublicUrlName = "public-url";

    /// <summary>The Apis get the address of WebApp, and in development the button "Authorize" of their documentation works.</summary>
    public static void AddOAuth(
        this IDistributedApplicationBuilder builder,
        IResourceBuilder<ProjectResource> webApp,
        params IReadOnlyList<IResourceBuilder<ProjectResource>> services)
    {
        foreach (var (number, service) in services.Index())
        {
            if (builder.ExecutionContext.IsPublishMode)
            {
                service.WithEnvironment("Tokens__Issuer", builder.PublicUrl());
                continue;
            }

            service.WithEnvironment("Tokens__Issuer", webApp.GetEndpoint("http"));
            webApp.WithEnvironment(
                $"OAuth__DocumentationPages__{2 * number}", ReferenceExpression.Create($"{service.GetEndpoint("http")}/scalar/"));
            webApp.WithEnvironment(
                $"OAuth__DocumentationPages__{(2 * number) + 1}", ReferenceExpression.Create($"{service.GetEndpoint("http")}/scalar/v1"));
        }
    }

    /// <summary>The parameter with the address at which visitors of a deployment open the shop.</summary>
    public static IResourceBuilder<ParameterResource> PublicUrl(this IDistributedApplicationBuilder builder) =>
        builder.Resources.OfType<ParameterResource>().FirstOrDefault(parameter => parameter.Name == PublicUrlName) is { } known
            ? builder.CreateResourceBuilder(known)
            : builder.AddParameter(PublicUrlName);
}
