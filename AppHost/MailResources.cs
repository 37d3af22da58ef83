using Microsoft.Extensions.Configuration;

namespace AppHost;

/// <summary>
/// Gives WebApp a mail server. In development it is MailSink, which delivers nothing; with a connection string <c>mail</c> it is yours.
/// </summary>
internal static class MailResources
{
    private const string Mail = "mail";

    /// <summary>Passes the mail server, and the address of the shop that links in mails begin with.</summary>
    public static void AddMail(
        this IDistributedApplicationBuilder builder,
        IResourceBuilder<ProjectResource> webApp,
        IResourceBuilder<ParameterResource> tokenPublicKey)
    {
        if (builder.ExecutionContext.IsPublishMode)
        {
            webApp.WithEnvironment("Shop__PublicUrl", builder.PublicUrl()).WithReference(builder.AddConnectionString(Mail));
            return;
        }

        webApp.WithEnvironment("Shop__PublicUrl", webApp.GetEndpoint("http"));
        if (builder.Configuration.GetConnectionString(Mail) is { Length: > 0 })
        {
            webApp.WithReference(builder.AddConnectionString(Mail));
        }
        else
        {
            webApp.DeliverTo(builder.AddProject<Projects.MailSink>("mail-sink").WithEnvironment("Tokens__PublicKey", tokenPublicKey));
        }
    }

    private static void DeliverTo(this IResourceBuilder<ProjectResource> webApp, IResourceBuilder<ProjectResource> sink)
    {
        sink.WithEndpoint(name: "smtp", scheme: "tcp", env: "MailSink__SmtpPort")
            .WithHttpHealthCheck("/health")
            .WithUrl(ReferenceExpression.Create($"{webApp.GetEndpoint("http")}/admin/mailbox"), "Mailbox");
        var smtp = sink.GetEndpoint("smtp");
        webApp
            .WithEnvironment(
                "ConnectionStrings__mail",
                ReferenceExpression.Create(
                    $"smtp://{smtp.Property(EndpointProperty.Host)}:{smtp.Property(EndpointProperty.Port)}"))
            .WithEnvironment("Mailbox__Url", sink.GetEndpoint("http"));
    }
}
