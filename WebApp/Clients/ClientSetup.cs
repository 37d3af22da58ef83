using System.Net;
using Grpc.Net.Client.Web;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace WebApp.Clients;

public static class ClientSetup
{
    /// <summary>The clients of the other services. Their time-outs are short: a notice now is better than a page too late.</summary>
    public static void AddShopClients(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<HttpReply>();
        builder.Services.AddTransient<ForwardVisitorAddress>();
        builder.Services.AddHttpClient<CatalogClient>(http => http.BaseAddress = new Uri("https+http://catalog-api"))
            .AddHttpMessageHandler<ForwardVisitorAddress>();
        builder.Services.AddHttpClient<OrderingClient>(http => http.BaseAddress = new Uri("https+http://ordering-api"))
            .AddHttpMessageHandler<ForwardVisitorAddress>();

        builder.Services.AddHttpClient<WebhookClient>(http => http.BaseAddress = new Uri("https+http://ordering-api"))
            .AddHttpMessageHandler<ForwardVisitorAddress>();

        // gRPC-Web works over HTTP/1.1: without TLS, a service has one port for REST and gRPC, and it speaks HTTP/1.1.
        builder.Services
            .AddGrpcClient<global::Basket.Grpc.Basket.BasketClient>(grpc => grpc.Address = new Uri("http://basket-api"))
            .AddHttpMessageHandler<ForwardVisitorAddress>()
            .AddHttpMessageHandler(() => new GrpcWebHandler(GrpcWebMode.GrpcWeb))
            .ConfigureChannel(channel =>
            {
                channel.HttpVersion = HttpVersion.Version11;
                channel.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
            });
        builder.Services.AddScoped<BasketClient>();
        builder.Services.AddScoped<VisitorBasket>();

        builder.Services.ConfigureAll<HttpStandardResilienceOptions>(resilience =>
        {
            resilience.AttemptTimeout.Timeout = TimeSpan.FromSeconds(4);
            resilience.TotalRequestTimeout.Timeout = TimeSpan.FromSeconds(5);
            resilience.Retry.MaxRetryAttempts = 2;
            resilience.Retry.Delay = TimeSpan.FromMilliseconds(150);
            resilience.Retry.BackoffType = DelayBackoffType.Constant;

            // While a service is down, a page must not wait for it again and again: after ten failed requests the next ones fail at once,
            // and one every two seconds finds out whether it is back.
            resilience.CircuitBreaker.MinimumThroughput = 10;
            resilience.CircuitBreaker.FailureRatio = 0.5;
            resilience.CircuitBreaker.SamplingDuration = TimeSpan.FromSeconds(10);
            resilience.CircuitBreaker.BreakDuration = TimeSpan.FromSeconds(2);

            // 429 is about one visitor: retries would make it worse, and other visitors must not find the circuit open.
            var (isRetried, isCounted) = (resilience.Retry.ShouldHandle, resilience.CircuitBreaker.ShouldHandle);
            resilience.Retry.ShouldHandle = async retry => !IsTooMany(retry.Outcome) && await isRetried(retry);
            resilience.CircuitBreaker.ShouldHandle = async circuit => !IsTooMany(circuit.Outcome) && await isCounted(circuit);
        });
    }

    private static bool IsTooMany(Outcome<HttpResponseMessage> outcome) =>
        outcome.Result?.StatusCode is HttpStatusCode.TooManyRequests;
}
