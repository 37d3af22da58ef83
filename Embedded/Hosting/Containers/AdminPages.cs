namespace Aspire.Hosting;

/// <summary>Web pages to look into servers with: one container of a kind for the whole model, and none of them is deployed.</summary>
internal static class AdminPages
{
    public static void WithAdminPage<T>(
        this IResourceBuilder<IResource> server, Func<T> create, string image, string tag, string registry, int targetPort, string relationship,
        Action<IResourceBuilder<T>>? configure)
        where T : ContainerResource
    {
        var model = server.ApplicationBuilder;
        if (model.Resources.OfType<T>().SingleOrDefault() is { } known)
        {
            configure?.Invoke(model.CreateResourceBuilder(known));
            return;
        }

        var page = model.AddResource(create())
            .WithImage(image, tag)
            .WithImageRegistry(registry)
            .WithIconName("WindowDatabase")
            .WithHttpEndpoint(targetPort: targetPort, name: "http")
            .ExcludeFromManifest();
        configure?.Invoke(page);
        page.WithRelationship(server.Resource, relationship);
    }
}
