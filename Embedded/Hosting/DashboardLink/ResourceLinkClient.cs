using System.Threading.Channels;
using Dashboard.Resources.V1;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.DashboardLink;

/// <summary>
/// Tells the dashboard how every resource is and what it writes, and does what a person tells it there. After a break it dials again and tells
/// everything anew.
/// </summary>
internal sealed class ResourceLinkClient(
    DashboardSettings settings, ResourceNotificationService notifications, ResourceLoggerService logs, ResourceCommandService commands, TimeProvider time)
    : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = FirstPause;
        using var channel = GrpcChannel.ForAddress(settings.OtlpGrpc!);
        var client = new ResourceLink.ResourceLinkClient(channel);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await TalkAsync(client, stoppingToken);
                pause = FirstPause;
            }
            catch (Exception e) when (e is RpcException or HttpRequestException or IOException or OperationCanceledException or ChannelClosedException)
            {
                pause = pause < LongestPause ? pause * 1.5 : LongestPause;
            }

            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TalkAsync(ResourceLink.ResourceLinkClient client, CancellationToken stoppingToken)
    {
        using var talk = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        using var call = client.Connect(new Metadata { { "x-resource-service-api-key", settings.LinkApiKey } }, cancellationToken: talk.Token);

        // A dashboard that reads slowly makes the watchers wait, which then drop the oldest lines.
        var messages = Channel.CreateBounded<EngineMessage>(256);
        await messages.Writer.WriteAsync(new EngineMessage { Hello = new Hello { ApplicationName = settings.ApplicationName } }, talk.Token);
        Task[] parts =
        [
            SendAsync(call.RequestStream, messages.Reader, talk.Token),
            WatchAsync(messages.Writer, talk.Token),
            ListenAsync(call.ResponseStream, messages.Writer, talk.Token),
        ];
        var first = await Task.WhenAny(parts);
        await talk.CancelAsync();
        await Task.WhenAll(parts).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
    }

    private static async Task SendAsync(
        IClientStreamWriter<EngineMessage> stream, ChannelReader<EngineMessage> messages, CancellationToken cancellationToken)
    {
        await foreach (var message in messages.ReadAllAsync(cancellationToken))
        {
            await stream.WriteAsync(message, cancellationToken);
        }
    }

    private async Task WatchAsync(ChannelWriter<EngineMessage> messages, CancellationToken cancellationToken)
    {
        var consoles = new Dictionary<string, Task>();
        await foreach (var happened in notifications.WatchAsync(cancellationToken))
        {
            await messages.WriteAsync(new EngineMessage { Resource = ResourceMessage.From(happened) }, cancellationToken);
            if (!consoles.ContainsKey(happened.ResourceId))
            {
                consoles[happened.ResourceId] = WatchConsoleAsync(happened.ResourceId, messages, cancellationToken);
            }
        }
    }

    private async Task WatchConsoleAsync(string resourceId, ChannelWriter<EngineMessage> messages, CancellationToken cancellationToken)
    {
        await foreach (var lines in logs.WatchAsync(resourceId).WithCancellation(cancellationToken))
        {
            await messages.WriteAsync(new EngineMessage { Console = ResourceMessage.From(resourceId, lines) }, cancellationToken);
        }
    }

    private async Task ListenAsync(
        IAsyncStreamReader<DashboardMessage> stream, ChannelWriter<EngineMessage> messages, CancellationToken cancellationToken)
    {
        await foreach (var message in stream.ReadAllAsync(cancellationToken))
        {
            if (message.ExecuteCommand is { } asked)
            {
                _ = ExecuteAsync(asked, messages, cancellationToken);
            }
        }
    }

    private async Task ExecuteAsync(ExecuteCommand asked, ChannelWriter<EngineMessage> messages, CancellationToken cancellationToken)
    {
        var result = await commands.ExecuteCommandAsync(asked.ResourceName, asked.CommandName, cancellationToken);
        var answer = new EngineMessage
        {
            CommandResult = new CommandResult
            {
                RequestId = asked.RequestId,
                Succeeded = result.Success,
                Cancelled = result.Canceled,
                Message = result.Message ?? "",
            },
        };
        try
        {
            await messages.WriteAsync(answer, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The dashboard is gone: nobody waits for the answer.
        }
    }
}
