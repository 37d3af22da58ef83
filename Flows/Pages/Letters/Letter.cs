using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Flows.DeadLetters;

namespace Flows.Pages.Letters;

/// <summary>Dead letters in words.</summary>
public static class Letter
{
    public static string Count(long count) => Parts.Show.Counted(count, "message");

    /// <summary>Reasons of the event bus in words; a broker's own reason stays as it is.</summary>
    public static string Reason(string reason) => reason switch
    {
        "handler-failed" => "The handler failed at every attempt.",
        "unknown-type" => "The service has no handler for this type.",
        "bad-body" => "The body cannot be read.",
        "wrong-sender" => "Another service published it than the owner of its type.",
        "bad-envelope" => "The type or the id is missing.",
        _ => $"The broker gave it up: {reason}.",
    };

    /// <summary>With the date: a dead letter may be weeks old.</summary>
    public static string Time(DateTimeOffset time) =>
        time.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public static string ShortType(string exceptionType) => exceptionType[(exceptionType.LastIndexOf('.') + 1)..];

    /// <summary>The class and method of a frame.</summary>
    public static string ShortFrame(string frame) => string.Join('.', frame.Split('.').TakeLast(2));

    /// <summary>The edited body of a dead letter, or why it cannot be one.</summary>
    public static (JsonNode? Body, string? Fault) ReadBody(string edited)
    {
        try
        {
            // Without a body, the service would deliver the old one.
            return JsonNode.Parse(edited) is { } body ? (body, null) : (null, "The body must not be null.");
        }
        catch (JsonException fault)
        {
            return (null, $"This is not JSON: {fault.Message}");
        }
    }

    public static string Outcome(Fate fate) => fate switch
    {
        Fate.Replayed => "was replayed",
        Fate.Discarded => "was discarded",
        _ => "left its queue",
    };
}
