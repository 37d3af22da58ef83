using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Embedded.Tests.Hosting;

public sealed class UrlTests
{
    private static CancellationToken Deadline => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Links_OfEveryKind_AreInTheSnapshot()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var app = builder.AddExecutable("app", "sh", ".", "-c", "exec sleep 1000").WithHttpEndpoint(name: "web");
        var web = app.GetEndpoint("web");
        app.WithUrl("https://example.org/plain", "Plain")
            .WithUrl($"{web}/scalar", "Scalar")
            .WithUrl(ReferenceExpression.Create($"{web}/docs"))
            .WithUrl(ReferenceExpression.Empty, "Nothing")
            .WithUrlForEndpoint("web", endpoint => new ResourceUrlAnnotation
            {
                Url = "/added",
                DisplayText = endpoint.EndpointName,
                DisplayLocation = UrlDisplayLocation.DetailsOnly,
            })
            .WithUrlForEndpoint("absent", _ => throw new InvalidOperationException("There is no such endpoint."))
            .WithUrls(context => context.Urls.RemoveAll(url => url.Url.EndsWith("/docs", StringComparison.Ordinal)))
            .WithUrls(async context =>
            {
                await Task.Yield();
                context.Logger.LogInformation("The links are read");
                Assert.False(context.CancellationToken.IsCancellationRequested);
                context.Urls.Add(new ResourceUrlAnnotation { Url = $"mailto:{context.Resource.Name}", Endpoint = context.GetEndpoint("web") });
            });
        await using var application = await builder.BuildAsync(Deadline);
        await application.StartAsync(Deadline);

        var links = application.StateOf("app").Urls;

        Assert.Equal(
            [
                (null, "https://example.org/plain", "Plain", false), ("web", web.Url, "", false), ("web", $"{web.Url}/added", "web", true),
                ("web", $"{web.Url}/scalar", "Scalar", false), ("web", "mailto:app", "", false),
            ],
            links.OrderBy(link => link.Url, StringComparer.Ordinal).Select(link => (link.Name, link.Url, link.DisplayProperties.DisplayName, link.IsInternal))
                .OrderBy(link => link.Url.StartsWith("https", StringComparison.Ordinal) ? 0 : link.Url.StartsWith("http", StringComparison.Ordinal) ? 1 : 2));
        Assert.All(links, link => Assert.Equal(0, link.DisplayProperties.SortOrder));
        Assert.Contains("The links are read", await Consoles.ReadAsync(application, "app"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Callback_ForAnEndpoint_ChangesItsLinkAlone()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var app = builder.AddExecutable("app", "sh", ".").WithHttpEndpoint(name: "web");
        app.WithUrlForEndpoint("web", url =>
        {
            url.Url += "/changed";
            url.DisplayLocation = UrlDisplayLocation.DetailsOnly;
        });

        var urls = await builder.UrlsOfAsync(
            app.Resource,
            new ResourceUrlAnnotation { Url = "http://web", Endpoint = app.GetEndpoint("web") }, new ResourceUrlAnnotation { Url = "http://other", DisplayText = "Other" });

        Assert.Equal(("http://web/changed", UrlDisplayLocation.DetailsOnly, "web"), (urls[0].Url, urls[0].DisplayLocation, urls[0].Endpoint?.EndpointName));
        Assert.Equal(("http://other", UrlDisplayLocation.SummaryAndDetails, "Other"), (urls[1].Url, urls[1].DisplayLocation, urls[1].DisplayText));
    }

    [Fact]
    public async Task Context_OfAResourceWithoutEndpoints_FindsNone()
    {
        using var builder = DistributedApplicationTestingBuilder.Create();
        var given = builder.AddParameter("given", "value").WithAnnotation(new ResourceUrlsCallbackAnnotation(context =>
        {
            Assert.True(context.ExecutionContext.IsRunMode);
            Assert.Null(context.GetEndpoint("http"));
            context.Logger = NullLogger.Instance;
            context.Urls.Add(new ResourceUrlAnnotation { Url = "https://example.org" });
            return Task.CompletedTask;
        }));

        Assert.Equal("https://example.org", Assert.Single(await builder.UrlsOfAsync(given.Resource)).Url);
    }
}
