using Microsoft.Extensions.Options;

namespace WebApp.Mail;

public static class MailSetup
{
    /// <summary>What delivers the command <c>SendMail</c>.</summary>
    public static void AddMail(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IValidateOptions<MailOptions>, MailOptionsValidator>();
        builder.Services.AddOptions<MailOptions>()
            .BindConfiguration(MailOptions.SectionName)
            .Configure(mail => mail.ConnectionString = builder.Configuration.GetConnectionString(MailOptions.ConnectionName) ?? "")
            .ValidateOnStart();
        builder.Services.AddSingleton<MailLayout>();
        builder.Services.AddSingleton<MailServer>();
        builder.Services.AddSingleton<MailHealth>();
        builder.Services.AddScoped<SentMails>();
        builder.Services.AddHealthChecks().AddCheck<MailHealth>("mail");
    }
}
