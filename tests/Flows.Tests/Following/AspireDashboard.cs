using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Threading.Channels;
using Flows.Following;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Flows.Tests.Following;

/// <summary>
/// The telemetry API of Aspire's dashboard 13.6, as observed: what it stores, how much of that it gives out, how it streams.
/// </summary>
internal sealed class AspireDashboard : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<string>> _stored = new() { ["spans"] = [], ["logs"] = [] };
    private readonly List<(string Signal, Channel<string> Lines, HttpContext Context)> _followers = [];
    private WebApplication? _app;

    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    /// <summary>Requests without it are refused.</summary>
    public string Key { get; set; } = "telemetry-key";

    /// <summary>How many stored lines a new follower gets.</summary>
    public int MostStored { get; init; } = TelemetryApi.MostStored;

    /// <summary>More than the lines that are really stored.</summary>
    public int ExtraCount { get; init; }

    /// <summary>What is answered, by signal, instead of a count with the newest items.</summary>
    public ConcurrentDictionary<string, string> Counts { get; } = new();

    public static async Task<AspireDashboard> StartAsync(int mostStored = TelemetryApi.MostStored, int extraCount = 0)
    {
        var aspire = new AspireDashboard { MostStored = mostStored, ExtraCount = extraCount };
        await aspire.StartAgainAsync();
        return aspire;
    }

    public async Task StartAgainAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add(Address.ToString());
        _app.MapGet("/api/telemetry/{signal}", AnswerAsync);
        await _app.StartAsync(TestContext.Current.CancellationToken);
        Address = new Uri(_app.Urls.Single());
    }

    /// <summary>Stores the lines and sends them to who follows.</summary>
    public void Add(string signal, params IEnumerable<string> lines)
    {
        lock (_gate)
        {
            foreach (var line in lines)
            {
                _stored[signal].Add(line);
                _followers.FindAll(follower => follower.Signal == signal).ForEach(follower => follower.Lines.Writer.TryWrite($"{line}\n"));
            }
        }
    }

    /// <summary>Sends half a line to who follows, then breaks the connection.</summary>
    public void Break(string line)
    {
        lock (_gate)
        {
            foreach (var (_, lines, _) in _followers)
            {
                lines.Writer.TryWrite(line[..(line.Length / 2)]);
                lines.Writer.TryComplete(new IOException("broken"));
            }
        }
    }

    /// <summary>Stops with nothing stored.</summary>
    public async Task StopAsync()
    {
        lock (_gate)
        {
            _stored.Values.ToList().ForEach(lines => lines.Clear());
            _followers.ForEach(follower => follower.Lines.Writer.TryComplete());
        }

        await _app!.DisposeAsync();
    }

    public ValueTask DisposeAsync() => new(StopAsync());

    private async Task AnswerAsync(HttpContext context, string signal, bool? follow, int? limit)
    {
        if (context.Request.Headers[TelemetryApi.KeyHeader] != Key)
        {
            context.Response.StatusCode = (int)HttpStatusCode.Unauthorized;
        }
        else if (follow is true)
        {
            await StreamAsync(context, signal);
        }
        else if (Counts.TryGetValue(signal, out var answer))
        {
            await context.Response.WriteAsync(answer);
        }
        else
        {
            var list = signal == "spans" ? "resourceSpans" : "resourceLogs";
            string[] newest;
            int count;
            lock (_gate)
            {
                newest = [.. _stored[signal].TakeLast(Math.Min(limit ?? 200, MostStored)).Select(
                    line => line[$"{{\"{list}\":[".Length..^2])];
                count = _stored[signal].Count + ExtraCount;
            }

            var data = string.Join(',', newest);
            await context.Response.WriteAsync(
                $$"""{"data":{"{{list}}":[{{data}}]},"totalCount":{{count}},"returnedCount":{{newest.Length}}}""");
        }
    }

    private async Task StreamAsync(HttpContext context, string signal)
    {
        var lines = Channel.CreateUnbounded<string>();
        lock (_gate)
        {
            _stored[signal].Take(MostStored).ToList().ForEach(line => lines.Writer.TryWrite($"{line}\n"));
            _followers.Add((signal, lines, context));
        }

        context.Response.ContentType = "application/x-ndjson";
        try
        {
            await foreach (var line in lines.Reader.ReadAllAsync(context.RequestAborted))
            {
                await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(line));
                await context.Response.Body.FlushAsync();
            }
        }
        catch (IOException)
        {
            context.Abort();
        }
        catch (OperationCanceledException)
        {
            // The follower has gone.
        }
        finally
        {
            lock (_gate)
            {
                _followers.RemoveAll(follower => follower.Context == context);
            }
        }
    }
}
