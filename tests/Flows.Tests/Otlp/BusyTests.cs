using System.Net.Sockets;
using System.Text;
using Flows.Access;
using Flows.Otlp;

namespace Flows.Tests.Otlp;

public sealed class BusyTests
{
    [Fact]
    public async Task RequestsBeyondThoseThatMayWait_AreAskedToTryAgain_AndTheOthersAreAnswered()
    {
        await using var app = await RunningFlows.StartAsync();
        var senders = new List<TcpClient>();
        try
        {
            for (var i = 0; i <= OtlpConcurrency.Requests + OtlpConcurrency.Waiting; i++)
            {
                senders.Add(await BeginAsync(app));
            }

            // The requests arrive in any order, so any of them may be the one too many.
            var answers = senders.ConvertAll(AnswerAsync);
            var refused = await Task.WhenAny(answers);
            foreach (var sender in senders.Where((_, i) => answers[i] != refused))
            {
                await sender.GetStream().WriteAsync("{}"u8.ToArray(), TestContext.Current.CancellationToken);
            }

            var all = await Task.WhenAll(answers);
            Assert.StartsWith("HTTP/1.1 503", await refused, StringComparison.Ordinal);
            Assert.Contains("Retry-After: 1", await refused, StringComparison.Ordinal);
            Assert.Equal(all.Length - 1, all.Count(answer => answer.StartsWith("HTTP/1.1 200", StringComparison.Ordinal)));
        }
        finally
        {
            senders.ForEach(sender => sender.Dispose());
        }
    }

    /// <summary>Sends a request up to its body.</summary>
    private static async Task<TcpClient> BeginAsync(RunningFlows app)
    {
        var sender = new TcpClient();
        await sender.ConnectAsync(app.OtlpHttp.Host, app.OtlpHttp.Port, TestContext.Current.CancellationToken);
        var head = $"POST /v1/traces HTTP/1.1\r\nHost: {app.OtlpHttp.Authority}\r\nContent-Type: application/json\r\n"
            + $"{ApiKeyGate.OtlpHeader}: {RunningFlows.OtlpKey}\r\nContent-Length: 2\r\n\r\n";
        await sender.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head), TestContext.Current.CancellationToken);
        return sender;
    }

    private static async Task<string> AnswerAsync(TcpClient sender)
    {
        var buffer = new byte[4096];
        var count = await sender.GetStream().ReadAsync(buffer, TestContext.Current.CancellationToken);
        return Encoding.ASCII.GetString(buffer, 0, count);
    }
}
