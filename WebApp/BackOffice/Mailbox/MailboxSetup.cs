using Microsoft.Extensions.Options;

namespace WebApp.BackOffice.Mailbox;

public static class MailboxSetup
{
    public static void AddMailbox(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<MailboxOptions>().BindConfiguration(MailboxOptions.SectionName);
        builder.Services.AddHttpClient<MailboxClient>((services, http) =>
            http.BaseAddress = services.GetRequiredService<IOptions<MailboxOptions>>().Value.Url);
    }

    public static void MapMailbox(this IEndpointRouteBuilder app) => app.MapMailboxForms();
}
