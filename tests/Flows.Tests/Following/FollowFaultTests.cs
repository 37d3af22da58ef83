using Flows.Tests.Scenarios;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Flows.Tests.Following;

/// <summary>The faults that the follower reports, and the part of a large store that it reads.</summary>
public sealed class FollowFaultTests
{
    private static readonly List<string> Lines = AspireLines.Of(
        OrderFlow.Script(Guid.CreateVersion7(), DateTimeOffset.UnixEpoch.AddYears(50)));

    [Fact]
    public async Task WrongKey_IsReportedOnceWithSettingAndCorrection_AndRetried()
    {
        await using var aspire = await AspireDashboard.StartAsync();
        aspire.Add("spans", Lines[0]);
        aspire.Key = "another-key";
        await using var follower = new Follower(aspire.Address.ToString(), "wrong-secret");
        await follower.StartAsync();
        await UntilAsync(() => follower.Logged.Count(one => one.Level == LogLevel.Error) == 2);
        Assert.NotNull(follower.State.Fault);
        // Long enough for more attempts, which log nothing more.
        aspire.Key = "wrong-secret";

        await UntilAsync(() => follower.Traces.SpanCount == 1);

        var faults = follower.Logged.Where(one => one.Level == LogLevel.Error).Select(one => one.Text).ToList();
        Assert.Equal(2, faults.Count);
        Assert.All(faults, fault => Assert.Contains("FLOWS__DASHBOARD__APIKEY is not the key", fault, StringComparison.Ordinal));
        Assert.All(faults, fault => Assert.Contains("AppHost:DashboardApiKey", fault, StringComparison.Ordinal));
        Assert.All(follower.Logged, one => Assert.DoesNotContain("wrong-secret", one.Text, StringComparison.Ordinal));
        Assert.Null(follower.State.Fault);
    }

    [Fact]
    public async Task AddressWithoutTheApi_IsReportedWithSettingValueAndCorrection()
    {
        await using var other = await RunningFlows.StartAsync();
        await using var follower = new Follower(other.OtlpHttp.ToString(), "key");
        await follower.StartAsync();

        await UntilAsync(() => follower.State.Fault is not null);

        Assert.StartsWith(
            $"FLOWS__DASHBOARD__URL is '{other.OtlpHttp}', which has no telemetry API.", follower.State.Fault!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("17")]
    [InlineData("""{"totalCount":"many"}""")]
    [InlineData("""{"totalCount":1.5}""")]
    [InlineData("""{"data":{}}""")]
    [InlineData("<html>")]
    public async Task AnswerThatIsNotOfTheApi_IsReported_AndTriedAgain(string answer)
    {
        await using var aspire = await AspireDashboard.StartAsync();
        aspire.Add("spans", Lines[0]);
        aspire.Counts["spans"] = answer;
        await using var follower = new Follower(aspire.Address.ToString(), aspire.Key);
        await follower.StartAsync();
        await UntilAsync(() => follower.State.Fault is not null && follower.Logged.Any(one => one.Text.StartsWith(
            "Following the logs", StringComparison.Ordinal)));
        // The log lines are followed, and that does not hide the fault of the spans.
        Assert.Contains("which has no telemetry API", follower.State.Fault!, StringComparison.Ordinal);

        aspire.Counts.Clear();

        await UntilAsync(() => follower.Traces.SpanCount == 1);
        Assert.Null(follower.State.Fault);
    }

    [Fact]
    public async Task AddressWithoutAListener_IsReportedWithSettingValueAndCorrection()
    {
        var aspire = await AspireDashboard.StartAsync();
        await aspire.StopAsync();
        await using var follower = new Follower(aspire.Address.ToString(), "key");
        await follower.StartAsync();

        await UntilAsync(() => follower.State.Fault is not null);

        Assert.StartsWith($"FLOWS__DASHBOARD__URL is '{aspire.Address}': ", follower.State.Fault!, StringComparison.Ordinal);
        Assert.Contains("Start Aspire's dashboard there", follower.State.Fault!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NewestSpans_AreReadToo_WhenTheStoreIsLargerThanTheStream()
    {
        await using var aspire = await AspireDashboard.StartAsync(mostStored: 3, extraCount: 20_000);
        aspire.Add("spans", Lines[..8]);
        await using var follower = new Follower(aspire.Address.ToString(), aspire.Key);
        await follower.StartAsync();

        await UntilAsync(() => follower.Traces.SpanCount == 6);

        string[] expected = [.. Lines[..3], .. Lines[5..8]];
        var spans = follower.Traces.Snapshot().SelectMany(trace => trace.Spans.ToSegment()).ToList();
        Assert.Equal(6, spans.Count);
        Assert.All(spans, span => Assert.Contains(expected, line => line.Contains($"\"spanId\":\"{span.Id}\"", StringComparison.Ordinal)));
        Assert.Equal(8, follower.State.Missed);
        Assert.Contains(
            follower.Logged,
            one => one is (LogLevel.Warning, var text) && text.StartsWith("8 of the stored spans", StringComparison.Ordinal));
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(20));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!condition())
        {
            await timer.WaitForNextTickAsync(deadline.Token);
        }
    }
}
