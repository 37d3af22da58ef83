using System.Net;
using Microsoft.Extensions.ServiceDiscovery;
using Yarp.ReverseProxy.Forwarder;

namespace WebApp.Gateway;

/// <summary>
/// Passes requests on to the services as they are, so that a browser or script needs one origin only. The services check the bearer
/// token; the shop's own cookies stop here.
/// </summary>
public static class GatewayEndpoints
{
    private static readonly ForwarderRequestConfig Deadline = new() { ActivityTimeout = TimeSpan.FromSeconds(30) };

    public static void MapGateway(this IEndpointRouteBuilder app)
    {
        Forward(app, "/api/catalog/{**rest}", "catalog-api", new ApiTransformer());
        Forward(app, "/api/basket/{**rest}", "basket-api", new ApiTransformer());
        Forward(app, "/api/orders/{**rest}", "ordering-api", new ApiTransformer());
        Forward(app, "/product-images/{id:int}", "catalog-api", new PictureTransformer());
    }

    private static void Forward(IEndpointRouteBuilder app, string pattern, string service, HttpTransformer transformer) => app
        .Map(pattern, (HttpContext context, IHttpForwarder forwarder, HttpMessageInvoker http, ServiceEndpointResolver endpoints) =>
            ForwardAsync(context, forwarder, http, endpoints, service, transformer))
        .DisableAntiforgery()
        .ExcludeFromDescription();

    private static async Task ForwardAsync(
        HttpContext context, IHttpForwarder forwarder, HttpMessageInvoker http, ServiceEndpointResolver endpoints, string service, HttpTransformer transformer)
    {
        var found = await endpoints.GetEndpointsAsync($"https+http://{service}", context.RequestAborted);
        var prefix = found.Endpoints.Count > 0 ? Address(found.Endpoints[Random.Shared.Next(found.Endpoints.Count)].EndPoint) : $"http://{service}";

        await forwarder.SendAsync(context, prefix, http, Deadline, transformer, context.RequestAborted);
    }

    private static string Address(EndPoint endpoint) => endpoint switch
    {
        UriEndPoint uri => uri.Uri.GetLeftPart(UriPartial.Authority),
        _ => $"http://{endpoint}",
    };

    private class ApiTransformer : HttpTransformer
    {
        public override async ValueTask TransformRequestAsync(
            HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            proxyRequest.Headers.Remove("Cookie");
            proxyRequest.Headers.Host = null;
        }
    }

    /// <summary>A product's picture, kept by the browser for a day and checked again by its ETag.</summary>
    private sealed class PictureTransformer : ApiTransformer
    {
        public override async ValueTask TransformRequestAsync(
            HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            proxyRequest.RequestUri = new Uri($"{destinationPrefix}/api/catalog/items/{httpContext.Request.RouteValues["id"]}/pic");
        }

        public override async ValueTask<bool> TransformResponseAsync(
            HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
        {
            var answered = await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);

            if (proxyResponse is { IsSuccessStatusCode: true } or { StatusCode: HttpStatusCode.NotModified })
            {
                httpContext.Response.Headers.CacheControl = "public, max-age=86400";
            }

            return answered;
        }
    }
}
