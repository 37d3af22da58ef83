using System.Diagnostics.CodeAnalysis;

namespace WebApp.Clients;

/// <summary>
/// What a service answered, seen by a page: a value, a refusal with its reasons, or nothing because the service is away. A page
/// shows each of them; none is an exception.
/// </summary>
public sealed record Reply<T>(ReplyStatus Status, T? Value, string? Problem = null)
{
    private static readonly Dictionary<string, string[]> None = [];
    private static readonly Dictionary<int, string> NoProducts = [];

    /// <summary>Reasons by field, for a form.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; init; } = None;

    /// <summary>Reasons by product, when it is the products that are in the way.</summary>
    public IReadOnlyDictionary<int, string> Products { get; init; } = NoProducts;

    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsSuccess => Status is ReplyStatus.Success;

    public bool IsNotFound => Status is ReplyStatus.NotFound;

    public bool IsAlreadyDone => Status is ReplyStatus.AlreadyDone;

    public bool IsUnavailable => Status is ReplyStatus.Unavailable;

    /// <summary>Never null when the reply is not a success.</summary>
    public string Reason => Problem ?? (IsUnavailable ? "The service does not answer at the moment." : "The request was refused.");
}

public enum ReplyStatus
{
    Success,
    NotFound,

    /// <summary>The service refused the request; trying again with the same content does not help.</summary>
    Refused,

    /// <summary>The request was carried out before, with other content; this one did nothing.</summary>
    AlreadyDone,

    /// <summary>The service did not answer in time, or not at all.</summary>
    Unavailable,
}

/// <summary>The value of a reply that has none.</summary>
public sealed record Done
{
    public static readonly Done Value = new();
}

public static class Reply
{
    public static Reply<T> Success<T>(T value) => new(ReplyStatus.Success, value);

    public static Reply<T> Unavailable<T>(string? problem = null) => new(ReplyStatus.Unavailable, default, problem);
}
