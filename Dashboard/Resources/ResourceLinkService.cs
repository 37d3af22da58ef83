using Dashboard.Resources.V1;
using Grpc.Core;

namespace Dashboard.Resources;

/// <summary>The dashboard's end of the line to the engine: takes in what it tells, and passes commands on.</summary>
public sealed partial class ResourceLinkService(
    ResourceStore resources, EngineLink link, IHostApplicationLifetime lifetime, ILogger<ResourceLinkService> logger)
    : ResourceLink.ResourceLinkBase
{
    public override async Task Connect(
        IAsyncStreamReader<EngineMessage> requestStream, IServerStreamWriter<DashboardMessage> responseStream, ServerCallContext context)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        if (!await requestStream.MoveNext(ending.Token) || requestStream.Current.Hello is not { } hello)
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, "The first message must be a hello."));
        }

        resources.Clear();
        var connection = link.Open(hello.ApplicationName);
        LogConnected(hello.ApplicationName);
        var sending = SendAsync(connection, responseStream, ending.Token);
        try
        {
            while (await requestStream.MoveNext(ending.Token))
            {
                Take(requestStream.Current, connection);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or RpcException)
        {
            // The engine went without a goodbye: it stopped, was killed, or dials in again.
        }
        finally
        {
            link.Close(connection);
            await sending;
            LogDisconnected(hello.ApplicationName);
        }
    }

    private void Take(EngineMessage message, EngineConnection from)
    {
        // A newer connection told everything anew; what an older one still says is past.
        if (!link.IsCurrent(from))
        {
            return;
        }

        switch (message.KindCase)
        {
            case EngineMessage.KindOneofCase.Resource:
                resources.Put(message.Resource);
                break;
            case EngineMessage.KindOneofCase.Console:
                resources.Add(message.Console);
                break;
            case EngineMessage.KindOneofCase.CommandResult:
                from.Complete(message.CommandResult);
                break;
        }
    }

    private static async Task SendAsync(
        EngineConnection connection, IServerStreamWriter<DashboardMessage> stream, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var command in connection.Commands.ReadAllAsync(cancellationToken))
            {
                await stream.WriteAsync(new DashboardMessage { ExecuteCommand = command }, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or InvalidOperationException)
        {
            // The stream ended while a command was written; whoever awaits its result is told when the connection closes.
        }
    }
}
