using Aspire.Hosting.Eventing;
using Aspire.Hosting.Lifecycle;

namespace AppHost;

/// <summary>On a developer's machine, the shop uses plain HTTP and TCP without TLS.</summary>
internal static class PlainHttp
{
    /// <summary>
    /// Turns off certificates for resources without an HTTPS endpoint. By default, Aspire prepares one for each project and for its
    /// dashboard. If no development certificate is trusted, the dashboard would then show an error, although nothing uses the certificate.
    /// </summary>
    public static void UseNoUnneededCertificates(this IDistributedApplicationBuilder builder) =>
        builder.Services.AddEventingSubscriber<Subscriber>();

    private sealed class Subscriber : IDistributedApplicationEventingSubscriber
    {
        public Task SubscribeAsync(
            IDistributedApplicationEventing eventing, DistributedApplicationExecutionContext context, CancellationToken cancellationToken)
        {
            if (context.IsRunMode)
            {
                eventing.Subscribe<BeforeStartEvent>((start, _) => DeclareAsync(start.Model));
            }

            return Task.CompletedTask;
        }

        private static Task DeclareAsync(DistributedApplicationModel model)
        {
            foreach (var resource in model.Resources.Where(resource => !resource.Annotations.OfType<EndpointAnnotation>().Any(IsHttps)))
            {
#pragma warning disable ASPIRECERTIFICATES001 // Experimental in Aspire 13.6, but there is no other API for it.
                resource.Annotations.Add(new HttpsCertificateAnnotation { UseDeveloperCertificate = false });
#pragma warning restore ASPIRECERTIFICATES001
            }

            return Task.CompletedTask;
        }

        private static bool IsHttps(EndpointAnnotation endpoint) => endpoint.UriScheme == "https";
    }
}
