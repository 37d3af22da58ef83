using ServiceDefaults.Tokens;

namespace WebApp.Identity.OAuth;

/// <summary>
/// A program. With <see cref="RedirectUris"/> it signs people in; with <see cref="Secret"/> and without them it acts for itself.
/// </summary>
public sealed class OAuthClient
{
    private const int ShortestSecret = 32;

    /// <summary>The <c>client_id</c>.</summary>
    public string Id { get; set; } = "";

    /// <summary>What people read when they are asked whether the program may act for them. Default: the id.</summary>
    public string? Name { get; set; }

    /// <summary>
    /// The <c>client_secret</c>, at least 32 characters; the database has a hash of it. Default: none, for programs that cannot keep one,
    /// such as apps on a phone.
    /// </summary>
    public string? Secret { get; set; }

    /// <summary>Where people return to after they signed in. Default: none, so people cannot sign in through this client.</summary>
    public List<Uri> RedirectUris { get; set; } = [];

    /// <summary>
    /// The role of the program when it acts for itself: <c>admin</c>, or nothing. With people, it has their rights. Default: nothing.
    /// </summary>
    public string? Role { get; set; }

    /// <summary>Whether it belongs to the shop: people are not asked then. Default: false.</summary>
    public bool IsOwn { get; set; }

    /// <summary>Null if it is complete.</summary>
    internal string? Fault => this switch
    {
        { Id: "" or OAuthClients.Documentation } => $"needs an Id, other than '{OAuthClients.Documentation}'.",
        { Secret.Length: < ShortestSecret } => $"('{Id}') has a Secret with less than {ShortestSecret} characters.",
        { Secret: null, RedirectUris: [] } => $"('{Id}') needs RedirectUris to sign people in, or a Secret to act for itself.",
        { Role: not (null or Roles.Admin) } => $"('{Id}') has the Role '{Role}'; allowed is '{Roles.Admin}', or none.",
        _ when RedirectUris.All(IsAllowed) => null,
        _ => $"('{Id}') has a redirect URI that is not absolute, or has no https and is not on this machine.",
    };

    // RFC 8252: apps on a phone have schemes of their own, programs on a computer a port of it.
    private static bool IsAllowed(Uri uri) => uri.IsAbsoluteUri && (uri.Scheme != Uri.UriSchemeHttp || uri.IsLoopback);
}
