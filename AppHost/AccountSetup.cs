using System.Net.Sockets;
using Npgsql;
using Polly;
using Polly.Retry;
using StackExchange.Redis;

namespace AppHost;

/// <summary>
/// Creates accounts at a server that is ready. Somebody may stop or restart the server at the same moment, so the set-up is repeated until
/// the server answers again.
/// </summary>
internal static class AccountSetup
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private static readonly ResiliencePipeline UntilItAnswers = new ResiliencePipelineBuilder()
        .AddTimeout(Limit)
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder()
                .Handle<NpgsqlException>(fault => fault.IsTransient)
                .Handle<RedisConnectionException>()
                .Handle<RedisTimeoutException>()
                .Handle<HttpRequestException>()
                .Handle<SocketException>(),
            MaxRetryAttempts = int.MaxValue,
            Delay = TimeSpan.FromMilliseconds(250),
        })
        .Build();

    /// <summary>Runs the set-up whenever the server is ready. It must be safe to repeat.</summary>
    public static void CreateWhenReady<TServer>(
        this IResourceBuilder<TServer> server, Func<IServiceProvider, CancellationToken, Task> setUp) where TServer : IResource =>
        server.ApplicationBuilder.Eventing.Subscribe<ResourceReadyEvent>(server.Resource, async (ready, token) =>
        {
            try
            {
                await UntilItAnswers.ExecuteAsync(async stop => await setUp(ready.Services, stop), token);
            }
            catch (OperationCanceledException) when (token.IsCancellationRequested)
            {
                // The server was stopped. Its next start runs the set-up again.
            }
        });
}
