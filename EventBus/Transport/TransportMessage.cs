using System.Globalization;
using System.Text;
using EventBus.Messages;

namespace EventBus.Transport;

/// <summary>
/// A message with the properties that every broker has. Any of them may hold anything in a message from a foreign sender.
/// </summary>
public sealed record TransportMessage
{
    /// <summary>Event or command.</summary>
    public required MessageKind Kind { get; init; }

    /// <summary>The wire name, as in <c>catalog.price-changed</c>; null when a foreign sender gave none.</summary>
    public string? Type { get; init; }

    /// <summary>A UUID; anything else makes the message a dead letter.</summary>
    public string? MessageId { get; init; }

    /// <summary>Messages with the same key are delivered in order.</summary>
    public string? Key { get; init; }

    /// <summary>The business key of the flow.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>The application that published the message; null: this one.</summary>
    public string? AppId { get; init; }

    /// <summary>
    /// The account that published the message, as the broker checked it; null when the broker did not check it. A transport sets it when it
    /// receives a message, and keeps it through retries, dead letters and replay. It is not read when a message is published.
    /// </summary>
    public string? Sender { get; init; }

    /// <summary>When the message was created, to the second; null when absent or unusable.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>
    /// Where no queue receives this message, publishing it fails with <see cref="NoReceiverException"/>, if the broker reports it.
    /// Otherwise it may be dropped, or kept for people to look at.
    /// </summary>
    public bool RequiresReceiver { get; init; }

    /// <summary>
    /// <see cref="HeaderNames"/> and others: strings and whole numbers. Other types are passed on unchanged where the broker knows them.
    /// </summary>
    public IReadOnlyDictionary<string, object?> Headers { get; init; } = new Dictionary<string, object?>();

    /// <summary>The body: JSON in UTF-8.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The header as text; null when it is absent.</summary>
    public string? Text(string header) => (Headers.TryGetValue(header, out var value) ? value : null) switch
    {
        string text => text,
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        null => null,
        var other => Convert.ToString(other, CultureInfo.InvariantCulture),
    };

    /// <summary>The header as a whole number; null when it is absent or no such number.</summary>
    public long? Number(string header) => long.TryParse(Text(header), CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A copy with these headers added or replaced; a null value removes the header.</summary>
    internal TransportMessage With(params IEnumerable<KeyValuePair<string, object?>> headers)
    {
        var all = new Dictionary<string, object?>(Headers);
        foreach (var (name, value) in headers)
        {
            if (value is null)
            {
                all.Remove(name);
            }
            else
            {
                all[name] = value;
            }
        }

        return this with { Headers = all };
    }
}
