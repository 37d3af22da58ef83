using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace Embedded.Tests.Hosting;

public sealed class RelationshipTests
{
    private static CancellationToken Deadline => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Relationships_OfEveryKind_AreInTheSnapshotOnce()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var (one, two) = (builder.AddParameter("one", "1"), builder.AddParameter("two", "2"));
        builder.AddParameter("app", "value")
            .WithRelationship(one, "Friend").WithRelationship(one.Resource, "Friend").WithRelationship(two.Resource, "Friend")
            .WithReferenceRelationship(one).WithReferenceRelationship(two.Resource)
            .WithParentRelationship(one).WithChildRelationship(two);
        builder.AddParameter("below", "value").WithParentRelationship(two.Resource).WithChildRelationship(one.Resource);
        await using var application = await builder.BuildAsync(Deadline);
        await application.StartAsync(Deadline);

        Assert.Equal(
            ["one Friend", "one Parent", "one Reference", "two Friend", "two Reference"], RelationshipsOf("app"));
        Assert.Equal(["app Parent"], RelationshipsOf("two"));
        Assert.Equal(["two Parent"], RelationshipsOf("below"));
        Assert.Equal(["below Parent"], RelationshipsOf("one"));

        IEnumerable<string> RelationshipsOf(string name) =>
            application.StateOf(name).Relationships.Select(relationship => $"{relationship.ResourceName} {relationship.Type}").Order();
    }

    [Fact]
    public void Relationship_OfOnesOwn_IsRead()
    {
        using var builder = DistributedApplicationTestingBuilder.Create();
        var other = builder.AddParameter("other", "value").Resource;

        var friend = new ResourceRelationshipAnnotation(other, "Friend");

        Assert.Equal((other, "Friend"), (friend.Resource, friend.Type));
    }

    [Fact]
    public void Waits_OfEveryKind_AreDescribed()
    {
        using var builder = DistributedApplicationTestingBuilder.Create();
        var first = builder.AddExecutable("first", "sh", ".");
        var app = builder.AddExecutable("app", "sh", ".")
            .WaitFor(first).WaitFor(first, WaitBehavior.WaitOnResourceUnavailable)
            .WaitForStart(first, WaitBehavior.StopOnResourceUnavailable).WaitForCompletion(first, exitCode: 3)
            .WithAnnotation(new WaitAnnotation(first.Resource, WaitType.WaitUntilStarted, exitCode: 4) { WaitBehavior = WaitBehavior.StopOnResourceUnavailable });

        Assert.Equal(
            [
                (WaitType.WaitUntilHealthy, null, 0), (WaitType.WaitUntilHealthy, WaitBehavior.WaitOnResourceUnavailable, 0),
                (WaitType.WaitUntilStarted, WaitBehavior.StopOnResourceUnavailable, 0), (WaitType.WaitForCompletion, null, 3),
                (WaitType.WaitUntilStarted, WaitBehavior.StopOnResourceUnavailable, 4),
            ],
            app.Resource.Annotations.OfType<WaitAnnotation>().Select(wait => (wait.WaitType, wait.WaitBehavior, wait.ExitCode)));
    }

    [Theory]
    [InlineData(WaitBehavior.StopOnResourceUnavailable, "FailedToStart")]
    [InlineData(WaitBehavior.WaitOnResourceUnavailable, "Waiting")]
    public async Task Wait_ForWhatCannotCome_FailsOrGoesOnAsItSays(WaitBehavior behavior, string expected)
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var gone = builder.AddExecutable("gone", "no-such-program", ".");
        builder.AddExecutable("healthy", "sh", ".").WaitFor(gone, behavior);
        builder.AddExecutable("started", "sh", ".").WaitForStart(gone, behavior);
        builder.AddExecutable("told", "sh", ".").WaitFor(gone, WaitBehavior.StopOnResourceUnavailable);
        await using var application = await builder.BuildAsync(Deadline);
        await application.StartAsync(Deadline);

        await application.ResourceNotifications.WaitForResourceAsync("told", KnownResourceStates.FailedToStart, Deadline);

        await application.ResourceNotifications.WaitForResourceAsync("healthy", expected, Deadline);
        await application.ResourceNotifications.WaitForResourceAsync("started", expected, Deadline);
    }
}
