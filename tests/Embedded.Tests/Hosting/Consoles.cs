using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Embedded.Tests.Hosting;

internal static class Consoles
{
    /// <summary>Everything a resource has written so far.</summary>
    public static async Task<string> ReadAsync(DistributedApplication app, string resource)
    {
        var lines = new List<string>();
        await foreach (var batch in app.Services.GetRequiredService<ResourceLoggerService>().GetAllAsync(resource))
        {
            lines.AddRange(batch.Select(line => line.Content));
        }

        return string.Join('\n', lines);
    }

    /// <summary>What a resource has written when a text is among it.</summary>
    public static async Task<string> ReadUntilAsync(DistributedApplication app, string resource, string text)
    {
        var lines = new List<string>();
        await foreach (var batch in app.Services.GetRequiredService<ResourceLoggerService>().WatchAsync(resource)
            .WithCancellation(TestContext.Current.CancellationToken))
        {
            lines.AddRange(batch.Select(line => line.Content));
            if (lines.Any(line => line.Contains(text, StringComparison.Ordinal)))
            {
                break;
            }
        }

        return string.Join('\n', lines);
    }
}
