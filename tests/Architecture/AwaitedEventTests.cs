using System.Text.RegularExpressions;
using EventBus.Messages;

namespace Architecture;

/// <summary>A publisher that names a queue which nobody consumes would fill it for ever.</summary>
public sealed partial class AwaitedEventTests
{
    private static IEnumerable<string> Services => SourceTree.TopFolders.Where(folder => folder.EndsWith(".Api", StringComparison.Ordinal) || folder == "WebApp");

    [Fact]
    public void AwaitedEvent_IsSubscribedByTheServiceThatIsNamed()
    {
        var awaited = (
            from service in Services
            from Match publishes in Awaiting().Matches(SourcesOf(service))
            from Match queue in Quoted().Matches(publishes.Groups["queues"].Value)
            select (Event: publishes.Groups["event"].Value, Queue: queue.Groups[1].Value)).ToArray();

        Assert.NotEmpty(awaited);
        Assert.All(awaited, pair =>
        {
            var receiver = Assert.Single(Services, service => WireName.Kebab(service) == pair.Queue);
            Assert.True(
                SourcesOf(receiver).Contains($".Subscribe<{pair.Event},", StringComparison.Ordinal), $"{receiver} does not subscribe {pair.Event}.");
        });
    }

    private static string SourcesOf(string service) => string.Join('\n', SourceTree.Files
        .Where(file => file.StartsWith($"{service}/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal))
        .Select(SourceTree.Read));

    [GeneratedRegex("""\.Publishes<(?<event>\w+)>\([^\n]*awaitedBy: \[(?<queues>[^\]]+)\]""")]
    private static partial Regex Awaiting();

    [GeneratedRegex("\"([^\"]+)\"")]
    private static partial Regex Quoted();
}
