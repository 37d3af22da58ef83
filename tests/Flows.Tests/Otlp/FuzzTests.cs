using System.Text;
using Flows.Otlp;
using Flows.Otlp.Wire.Collector.Trace;
using Flows.Tests.Following;
using Flows.Tests.Scenarios;
using Flows.Traces;
using Google.Protobuf;
using Grpc.Core;

namespace Flows.Tests.Otlp;

/// <summary>Thousands of mutated requests: each is taken in or clearly refused, and afterwards a good one is taken in.</summary>
public sealed class FuzzTests
{
    private const int Requests = 3_000;
    private const int Seed = 20_260_301;

    // JSON that means something, so that mutations reach deeper than the first faulty byte.
    private static readonly string[] JsonPieces =
    [
        "null", "{}", "[]", "[null]", "\"\\ud83d\"", "\"\\u0000\"", "1e400", "-1", "18446744073709551616", "true", "\"\"",
        ",\"kind\":2", ",\"attributes\":[{}]", "{\"key\":\"eventbus.published_at\",\"value\":{\"intValue\":\"-9223372036854775808\"}}",
        "\\", "\"", ":", "}", "]", "\u00ff",
    ];

    private readonly Random _random = new(Seed);

    [Fact]
    public async Task MutatedRequests_NeverBreakTheIntake()
    {
        await using var app = await RunningFlows.StartAsync();
        var order = OrderFlow.Script(Guid.CreateVersion7(), TimeProvider.System.GetUtcNow().AddMinutes(-1), isRetried: true);
        var protobuf = order.ToByteArray();
        var lines = AspireLines.Of(order).ConvertAll(Encoding.UTF8.GetBytes);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var statuses = new Dictionary<string, int>();

        for (var i = 0; i < Requests; i++)
        {
            var json = Mutate(lines[_random.Next(lines.Count)], isJson: true);
            Count(statuses, await PostAsync(app, json, OtlpFormats.Json));
            Count(statuses, await PostAsync(app, Mutate(protobuf, isJson: false), OtlpFormats.Protobuf));
            Count(statuses, await CallAsync(app, Mutate(protobuf, isJson: false)));
        }

        string[] allowed = ["HTTP 200", "HTTP 400", "HTTP 413", "gRPC OK", "gRPC InvalidArgument", "gRPC ResourceExhausted"];
        Assert.All(statuses, status => Assert.Contains(status.Key, allowed));
        Assert.All(
            allowed.Where(status => status is not ("HTTP 413" or "gRPC ResourceExhausted")),
            status => Assert.Contains(status, statuses));

        // The limit counts spans only; the indexes need memory as well. There is no lower bound: other tests may have released theirs.
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 2 * new TelemetryLimits().SpanBytes);
        await app.Api.GetStringAsync("/flows", TestContext.Current.CancellationToken);
        using var sent = await app.SendAsync(
            "/v1/traces", OrderFlow.Script(Guid.CreateVersion7(), TimeProvider.System.GetUtcNow().AddMinutes(-1)));
        var answer = await sent.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Null(ExportTraceServiceResponse.Parser.ParseFrom(answer).PartialSuccess);
    }

    private static void Count(Dictionary<string, int> statuses, string status) =>
        statuses[status] = statuses.GetValueOrDefault(status) + 1;

    private static async Task<string> PostAsync(RunningFlows app, byte[] body, string contentType)
    {
        using var response = await app.PostAsync(body, contentType);
        return $"HTTP {(int)response.StatusCode}";
    }

    private static async Task<string> CallAsync(RunningFlows app, byte[] body)
    {
        try
        {
            await GrpcTests.ExportAsync(app, body);
            return "gRPC OK";
        }
        catch (RpcException exception)
        {
            return $"gRPC {exception.StatusCode}";
        }
    }

    private byte[] Mutate(byte[] original, bool isJson)
    {
        var bytes = original.ToList();
        for (var mutations = _random.Next(1, 5); mutations > 0 && bytes.Count > 0; mutations--)
        {
            var at = _random.Next(bytes.Count);
            var length = Math.Min(_random.Next(1, 40), bytes.Count - at);
            switch (_random.Next(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << _random.Next(8));
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(_random.Next(bytes.Count - length + 1), length));
                    break;
                case 3:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    bytes.InsertRange(at, isJson ? Encoding.UTF8.GetBytes(JsonPieces[_random.Next(JsonPieces.Length)]) : Varint());
                    break;
            }
        }

        return [.. bytes];
    }

    private byte[] Varint() => [.. Enumerable.Repeat((byte)0xff, _random.Next(10)), (byte)_random.Next(128)];
}
