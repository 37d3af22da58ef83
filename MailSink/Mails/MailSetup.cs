namespace MailSink.Mails;

internal static class MailSetup
{
    public static void AddMails(this IHostApplicationBuilder builder) => builder.Services.AddSingleton<MailStore>();
}
