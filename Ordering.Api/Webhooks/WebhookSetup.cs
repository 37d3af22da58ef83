namespace Ordering.Api.Webhooks;

internal static class WebhookSetup
{
    public static void AddWebhooks(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<WebhookOptions>()
            .BindConfiguration(WebhookOptions.SectionName)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.AddSingleton<WebhookHttp>();
        builder.Services.AddSingleton<WebhookAudit>();
        builder.Services.AddHostedService<WebhookSender>();
        builder.Services.AddHostedService<ForgetDeliveries>();
    }
}
