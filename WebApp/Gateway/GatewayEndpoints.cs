using WebApp.Identity.Sessions;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace WebApp.Gateway;

/// <summary>
/// Forwards the public routes of the services, so that browsers and API clients need one address only. Requests and responses pass
/// unchanged, except for the shop's own cookies, which end here, and <c>X-Forwarded-For</c>, by which the services limit requests per
/// client.
/// </summary>
public static class GatewayEndpoints
{
    private static readonly ForwarderRequestConfig Deadline = new() { ActivityTimeout = TimeSpan.FromSeconds(30) };

    public static void MapGateway(this IEndpointRouteBuilder app)
    {
        app.Forward("/api/catalog/{**rest}", "catalog-api");
        app.Forward("/api/basket/{**rest}", "basket-api");
        app.Forward("/api/orders/{**rest}", "ordering-api");
        app.Forward("/api/webhooks/{**rest}", "ordering-api");
        foreach (var service in new[] { "catalog-api", "basket-api", "ordering-api" })
        {
            app.Forward($"/api/dead-letters/{service}/{{**rest}}", service);
        }

        app.Forward("/product-images/{id:int}", "catalog-api", request => request.AddPathRouteValues("/api/catalog/items/{id}/pic"));
    }

    private static void Forward(
        this IEndpointRouteBuilder app, string pattern, string service, Action<TransformBuilderContext>? change = null) => app
        .MapForwarder(pattern, $"https+http://{service}", Deadline, request =>
        {
            request.AddRequestHeaderRemove("Cookie");

            // A proxy before the service may have added it.
            request.AddResponseHeaderRemove("Server", ResponseCondition.Always);
            change?.Invoke(request);
        })
        .WithMetadata(new IgnoresVisitor())
        .ExcludeFromDescription();
}
