using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Run;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Embedded.Tests.Hosting;

public sealed class StopBudgetTests
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(5);

    private static CancellationToken Deadline => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(12)]
    public void Chain_OfAppsThatIgnoreIt_AndTheirServer_IsGoneWithinFiveSeconds_AndTheServerHasTwo(int apps)
    {
        using var builder = DistributedApplicationTestingBuilder.Create();
        IResourceBuilder<IResourceWithEnvironment> before = builder.AddRedis("store").WithDataVolume();
        var chain = new List<IResource> { before.Resource };
        for (var app = 1; app <= apps; app++)
        {
            before = builder.AddExecutable($"app-{app}", "sh", ".").WaitFor(before);
            chain.Insert(0, before.Resource);
        }

        var time = new FakeTimeProvider();
        var budget = new StopBudget(new StopOrder(builder.Resources), _ => true, time);
        var (taken, last) = (TimeSpan.Zero, TimeSpan.Zero);
        foreach (var resource in chain)
        {
            last = budget.Left(resource);
            Assert.InRange(last, TimeSpan.FromSeconds(0.2), StopBudget.Of(resource));
            time.Advance(last);
            taken += last;
        }

        Assert.InRange(taken, TimeSpan.FromSeconds(3), Promised);
        Assert.True(last >= TimeSpan.FromSeconds(1.99), $"{last}");
    }

    [Fact]
    public void App_ThatStopsAtOnce_LeavesItsTimeToTheNext()
    {
        using var builder = DistributedApplicationTestingBuilder.Create();
        var last = builder.AddExecutable("last", "sh", ".");
        var next = builder.AddExecutable("next", "sh", ".").WaitFor(last);
        var first = builder.AddExecutable("first", "sh", ".").WaitFor(next);
        var budget = new StopBudget(new StopOrder(builder.Resources), _ => true, new FakeTimeProvider());

        Assert.Equal([1.5, 2, 2], new[] { first, next, last }.Select(app => budget.Left(app.Resource).TotalSeconds));
    }

    [Fact]
    public void Circle_OfReferences_HasItsTimeToo()
    {
        using var builder = DistributedApplicationTestingBuilder.Create();
        var one = builder.AddExecutable("one", "sh", ".").WithHttpEndpoint(name: "http");
        var two = builder.AddExecutable("two", "sh", ".").WithReference(one.GetEndpoint("http")).WithHttpEndpoint(name: "http");
        one.WithReference(two.GetEndpoint("http"));
        var budget = new StopBudget(new StopOrder(builder.Resources), _ => true, new FakeTimeProvider());

        Assert.All(new[] { one, two }, app => Assert.Equal(StopBudget.App, budget.Left(app.Resource)));
    }

    [Fact]
    public async Task Stop_OfFourInARow_ThatIgnoreIt_TakesFiveSeconds()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        IResourceBuilder<ExecutableResource>? before = null;
        foreach (var name in new[] { "one", "two", "three", "four" })
        {
            var app = builder.AddExecutable(name, "sh", ".", "-c", "trap '' TERM; while true; do sleep 1; done");
            before = before is null ? app : app.WaitFor(before);
        }

        await using var application = await builder.BuildAsync(Deadline);
        await application.StartAsync(Deadline);
        await application.ResourceNotifications.WaitForResourceHealthyAsync("four", Deadline);

        var began = TimeProvider.System.GetTimestamp();
        await application.StopAsync(Deadline);

        // A second for a machine that is busy with other tests: without a common deadline it takes eight.
        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.Zero, Promised + TimeSpan.FromSeconds(1));
    }
}
