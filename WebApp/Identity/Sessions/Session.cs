namespace WebApp.Identity.Sessions;

/// <summary>One sign-in in one browser. The sign-in cookie is valid only as long as its row exists.</summary>
public sealed class Session
{
    public const int TextMaxLength = 100;

    public required Guid Id { get; init; }

    public required Guid UserId { get; init; }

    /// <summary>
    /// The security stamp of the user at the start. ASP.NET Core Identity gives the user another stamp when the password or the second
    /// factor changes, and then the session is over.
    /// </summary>
    public required string Stamp { get; init; }

    public required bool IsRemembered { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The time of the last request, up to <see cref="SessionStore.Precision"/> too early.</summary>
    public required DateTimeOffset SeenAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>For the person, such as "Firefox on Windows".</summary>
    public required string Browser { get; init; }

    /// <summary>For the person: a part of the address, which is enough to recognize it.</summary>
    public required string Network { get; init; }
}
