using System.Diagnostics.CodeAnalysis;

namespace WebApp.Clients;

/// <summary>
/// The result of a request to a service: a value, a refusal with its reasons, or the fact that the service did not respond. A page shows
/// each of them, so none is an exception.
/// </summary>
public sealed record Reply<T>(ReplyStatus Status, T? Value, string? Problem = null)
{
    private static readonly Dictionary<string, string[]> None = [];
    private static readonly Dictionary<int, string> NoProducts = [];

    /// <summary>Reasons by field, for a form.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; init; } = None;

    /// <summary>Reasons by product, when products cannot be bought.</summary>
    public IReadOnlyDictionary<int, string> Products { get; init; } = NoProducts;

    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsSuccess => Status is ReplyStatus.Success;

    public bool IsNotFound => Status is ReplyStatus.NotFound;

    public bool IsAlreadyDone => Status is ReplyStatus.AlreadyDone;

    public bool IsChanged => Status is ReplyStatus.Changed;

    public bool IsUnavailable => Status is ReplyStatus.Unavailable;

    /// <summary>Why the request was not successful, as a sentence.</summary>
    public string Reason => Problem ?? (IsUnavailable ? "The service does not respond at the moment." : "The request was refused.");
}

public static class Reply
{
    public static Reply<T> Success<T>(T value) => new(ReplyStatus.Success, value);

    public static Reply<T> NotFound<T>() => new(ReplyStatus.NotFound, default);

    public static Reply<T> Unavailable<T>(string? problem = null) => new(ReplyStatus.Unavailable, default, problem);
}
