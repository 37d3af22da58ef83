using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Embedded.Tests.Hosting;

/// <summary>What a model says about a resource, without starting it: the callbacks of its annotations are called as the engine does.</summary>
internal static class Described
{
    public static async Task<Dictionary<string, object>> EnvironmentOfAsync(this IDistributedApplicationBuilder builder, IResource resource)
    {
        var context = new EnvironmentCallbackContext(builder.ExecutionContext, resource, cancellationToken: TestContext.Current.CancellationToken);
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            await annotation.Callback(context);
        }

        return context.EnvironmentVariables;
    }

    public static async Task<IList<object>> ArgumentsOfAsync(this IDistributedApplicationBuilder builder, IResource resource)
    {
        var context = new CommandLineArgsCallbackContext([], resource, TestContext.Current.CancellationToken) { ExecutionContext = builder.ExecutionContext };
        foreach (var annotation in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>())
        {
            await annotation.Callback(context);
        }

        return context.Args;
    }

    public static async Task<List<ResourceUrlAnnotation>> UrlsOfAsync(
        this IDistributedApplicationBuilder builder, IResource resource, params List<ResourceUrlAnnotation> urls)
    {
        var context = new ResourceUrlsCallbackContext(builder.ExecutionContext, resource, urls, TestContext.Current.CancellationToken);
        foreach (var annotation in resource.Annotations.OfType<ResourceUrlsCallbackAnnotation>())
        {
            await annotation.Callback(context);
        }

        return context.Urls;
    }
}
