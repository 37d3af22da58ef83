using System.Net;

namespace WebApp.Mail;

/// <summary>An SMTP server and the account at it.</summary>
internal sealed record MailServerAddress(string Host, int Port, bool UsesTlsFromTheStart, string? UserName, string? Password)
{
    private const string Plain = "smtp";
    private const string Tls = "smtps";
    private const int SubmissionPort = 587;
    private const int TlsPort = 465;

    /// <summary>Whether the server is on this machine, so that the connection needs no encryption.</summary>
    public bool IsLoopback => Host is "localhost" || (IPAddress.TryParse(Host, out var ip) && IPAddress.IsLoopback(ip));

    /// <summary>Null if the text is not the address of an SMTP server.</summary>
    public static MailServerAddress? Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not (Plain or Tls) || uri.Host.Length == 0
            || uri.PathAndQuery is not ("" or "/") || uri.Fragment.Length > 0)
        {
            return null;
        }

        var tls = uri.Scheme is Tls;
        var port = uri.Port > 0 ? uri.Port : tls ? TlsPort : SubmissionPort;
        var account = uri.UserInfo.Split(':', 2);
        return account is [{ Length: > 0 } user, var password]
            ? new(uri.IdnHost, port, tls, Uri.UnescapeDataString(user), Uri.UnescapeDataString(password))
            : uri.UserInfo.Length == 0 ? new(uri.IdnHost, port, tls, UserName: null, Password: null) : null;
    }
}
