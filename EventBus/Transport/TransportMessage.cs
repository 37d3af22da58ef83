namespace EventBus.Transport;

/// <summary>A message as AMQP has it: properties, headers and a body that nobody has looked into yet.</summary>
internal sealed record TransportMessage
{
    public required string Exchange { get; init; }

    public required string RoutingKey { get; init; }

    public string? MessageId { get; init; }

    public string? Type { get; init; }

    public string? CorrelationId { get; init; }

    public string? AppId { get; init; }

    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>Strings, whole numbers; what else AMQP knows is carried along untouched.</summary>
    public IDictionary<string, object?> Headers { get; init; } = new Dictionary<string, object?>();

    public required ReadOnlyMemory<byte> Body { get; init; }

    public string? Text(string header) => (Headers.TryGetValue(header, out var value) ? value : null) switch
    {
        string text => text,
        byte[] bytes => System.Text.Encoding.UTF8.GetString(bytes),
        null => null,
        var other => Convert.ToString(other, System.Globalization.CultureInfo.InvariantCulture),
    };

    public long? Number(string header) => long.TryParse(Text(header), System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The message with these headers added or replaced, addressed to a queue.</summary>
    public TransportMessage To(string queue, IEnumerable<KeyValuePair<string, object?>> headers)
    {
        var all = new Dictionary<string, object?>(Headers);
        foreach (var (name, value) in headers)
        {
            all[name] = value;
        }

        return this with { Exchange = Topology.Exchanges.Default, RoutingKey = queue, Headers = all };
    }
}
