namespace WebApp.Clients;

public enum ReplyStatus
{
    Success,
    NotFound,

    /// <summary>The service refused the request. The same request fails again.</summary>
    Refused,

    /// <summary>The request was carried out before, with other content. This one did nothing.</summary>
    AlreadyDone,

    /// <summary>The service did not respond, or not in time.</summary>
    Unavailable,
}
