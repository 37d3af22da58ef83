namespace MailSink.Smtp;

internal static class SmtpSetup
{
    public static void AddSmtp(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<SmtpOptions>().BindConfiguration(SmtpOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<KeepMail>();
        builder.Services.AddHostedService<SmtpListener>();
    }
}
