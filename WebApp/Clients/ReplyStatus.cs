namespace WebApp.Clients;

public enum ReplyStatus
{
    Success,
    NotFound,

    /// <summary>The service refused the request. The same request fails again.</summary>
    Refused,

    /// <summary>The request was carried out before, with other content. This one did nothing.</summary>
    AlreadyDone,

    /// <summary>What the request is based on was changed by somebody else. This request did nothing.</summary>
    Changed,

    /// <summary>The service did not respond, or not in time.</summary>
    Unavailable,
}
