using System.Text.Json;
using EventBus.Faults;
using EventBus.Messages;

namespace EventBus.Tests.Faults;

public sealed class MessageSkeletonTests
{
    [Fact]
    public void Skeleton_HasEachMember_AndIsABodyOfTheType()
    {
        var skeleton = MessageSkeleton.Of(typeof(Sample));

        Assert.Equal(
            """
            {"id":"00000000-0000-0000-0000-000000000000","at":"1970-01-01T00:00:00.0000000+00:00","count":1,"price":1,"isPaid":false,
            "kind":"First","name":"text","note":null,"lines":[{"text":"text"}]}
            """.ReplaceLineEndings(""),
            skeleton.Replace("\\u002B", "+", StringComparison.Ordinal));
        Assert.NotNull(JsonSerializer.Deserialize<Sample>(skeleton, MessageJson.Options));
    }

    private sealed record Sample(
        Guid Id, DateTimeOffset At, int Count, decimal Price, bool IsPaid, Kind Kind, string Name, string? Note, IReadOnlyList<Line> Lines);

    private sealed record Line(string Text);

    private enum Kind
    {
        First,
        Second,
    }
}
