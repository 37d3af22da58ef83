using Aspire.Hosting.Eventing;
using Aspire.Hosting.Lifecycle;

/// <summary>On the developer's machine everything of the shop speaks plain HTTP and TCP.</summary>
internal static class PlainHttp
{
    /// <summary>
    /// Declares that resources without an HTTPS endpoint use no certificate. Aspire prepares one for each project and for its dashboard, and where no
    /// development certificate is trusted the dashboard opens with an error, although nothing would use it.
    /// </summary>
    public static void UseNoUnneededCertificates(this IDistributedApplicationBuilder builder) =>
        builder.Services.AddEventingSubscriber<Subscriber>();

    private sealed class Subscriber : IDistributedApplicationEventingSubscriber
    {
        public Task SubscribeAsync(IDistributedApplicationEventing eventing, DistributedApplicationExecutionContext context, CancellationToken cancellationToken)
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
#pragma warning disable ASPIRECERTIFICATES001 // Not final in Aspire 13.6; nothing else says it.
                resource.Annotations.Add(new HttpsCertificateAnnotation { UseDeveloperCertificate = false });
#pragma warning restore ASPIRECERTIFICATES001
            }

            return Task.CompletedTask;
        }

        private static bool IsHttps(EndpointAnnotation endpoint) => endpoint.UriScheme == "https";
    }
}
