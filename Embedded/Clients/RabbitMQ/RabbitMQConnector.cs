using System.Diagnostics;
using System.Net.Sockets;
using Polly;
using Polly.Retry;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Aspire.RabbitMQ.Client;

/// <summary>Opens a connection, patient with a broker that is still starting.</summary>
internal static class RabbitMQConnector
{
    internal const string SourceName = "Aspire.RabbitMQ.Client";
    private static readonly ActivitySource Source = new(SourceName);

    // Dependency injection creates services synchronously, so somebody has to wait: here, once per process.
    public static IConnection Connect(IConnectionFactory factory, int retryCount)
    {
        using var activity = StartActivity("rabbitmq connect", factory);
        return CreatePipeline(retryCount)
            .ExecuteAsync(static (factory, cancellationToken) => AttemptAsync(factory, cancellationToken), factory)
            .AsTask().GetAwaiter().GetResult();
    }

    private static async ValueTask<IConnection> AttemptAsync(IConnectionFactory factory, CancellationToken cancellationToken)
    {
        using var activity = StartActivity("rabbitmq connect attempt", factory);
        activity?.SetTag("messaging.operation", "connect");

        try
        {
            return await factory.CreateConnectionAsync(cancellationToken);
        }
        catch (Exception exception)
        {
            activity?.AddException(exception);
            activity?.SetStatus(ActivityStatusCode.Error);
            throw;
        }
    }

    private static ResiliencePipeline CreatePipeline(int retryCount)
    {
        var pipeline = new ResiliencePipelineBuilder();

        if (retryCount > 0)
        {
            pipeline.AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<SocketException>().Handle<BrokerUnreachableException>(),
                BackoffType = DelayBackoffType.Exponential,
                MaxRetryAttempts = retryCount,
                Delay = TimeSpan.FromSeconds(1),
            });
        }

        return pipeline.Build();
    }

    private static Activity? StartActivity(string name, IConnectionFactory factory) =>
        Source.StartActivity(name, ActivityKind.Client)?
            .SetTag("server.address", factory.Uri.Host)
            .SetTag("server.port", factory.Uri.Port)
            .SetTag("messaging.system", "rabbitmq");
}
