using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Embedded.Tests.Hosting;

public sealed class LogTests
{
    private static CancellationToken Deadline => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Log_OfAResource_IsReadClearedAndCompleted()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var box = builder.AddResource(new Box("box")).Resource;
        await using var application = await builder.BuildAsync(Deadline);
        var logs = application.Services.GetRequiredService<ResourceLoggerService>();

        logs.GetLogger("box").LogInformation("forgotten");
        logs.ClearBacklog("box");
        logs.GetLogger(box).LogInformation("said");
        logs.GetLogger(box).LogError("shouted");
        var lines = await ReadAsync(logs.GetAllAsync(box));
        logs.Complete(box);
        logs.Complete("other");

        Assert.Equal(["said", "shouted"], lines.Select(line => line.Content));
        Assert.Equal([false, true], lines.Select(line => line.IsErrorMessage));
        Assert.Equal(lines[0].LineNumber + 1, lines[1].LineNumber);
        Assert.Equal(lines, await ReadAsync(logs.WatchAsync(box)));
        Assert.Empty(await ReadAsync(logs.WatchAsync("other")));
        Assert.Equal(new LogLine(lines[0].LineNumber, "said", false).Content, lines[0].Content);

        static async Task<List<LogLine>> ReadAsync(IAsyncEnumerable<IReadOnlyList<LogLine>> batches)
        {
            var lines = new List<LogLine>();
            await foreach (var batch in batches.WithCancellation(Deadline))
            {
                lines.AddRange(batch);
            }

            return lines;
        }
    }

    private sealed class Box(string name) : Resource(name);
}
