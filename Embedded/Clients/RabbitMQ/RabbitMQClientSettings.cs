namespace Aspire.RabbitMQ.Client;

/// <summary>
/// How to connect to a RabbitMQ broker. Bound from <c>Aspire:RabbitMQ:Client</c>, then <c>Aspire:RabbitMQ:Client:{connectionName}</c>;
/// <c>ConnectionStrings:{connectionName}</c> wins over both. Mirrors <c>Aspire.RabbitMQ.Client.RabbitMQClientSettings</c>.
/// </summary>
public sealed class RabbitMQClientSettings
{
    /// <summary>An AMQP URI, as in <c>amqp://user:password@host:5672/vhost</c>.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>How often a failed connect is tried again, waiting 1 s, 2 s, 4 s and so on. Default: 5; 0 means never.</summary>
    public int MaxConnectRetryCount { get; set; } = 5;

    /// <summary>Leaves out the health check. Default: false.</summary>
    public bool DisableHealthChecks { get; set; }

    /// <summary>Leaves out the activity sources <c>Aspire.RabbitMQ.Client</c> and <c>RabbitMQ.Client.*</c>. Default: false.</summary>
    public bool DisableTracing { get; set; }

    /// <summary>
    /// Connects when the connection is first asked for, not at start. Default: true. False connects in the background of the start, so
    /// that no request waits for it.
    /// </summary>
    public bool DisableAutoActivation { get; set; } = true;
}
