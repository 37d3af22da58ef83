using System.Net;
using Servers;

namespace Journeys.FaultLab;

/// <summary>Processes that are killed or frozen.</summary>
[Collection("FaultLab")]
public sealed class ProcessFaultJourneys(ShopWithFaultLab shop) : IAsyncDisposable
{
    private const int Seconds = 3;

    /// <summary>The parts without which a checkout is accepted.</summary>
    public static TheoryData<string> OtherParts => ["catalog-api", "messaging", "postgres", "cache"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The next journey begins without a fault, also if this one failed.</summary>
    public async ValueTask DisposeAsync() => await shop.AllEndAsync(Stop);

    [Theory(Explicit = true)]
    [InlineData("ordering-api")]
    public async Task A_killed_process_is_gone_until_it_is_started_again_and_no_order_is_lost(string part)
    {
        var guest = await shop.GuestAsync(Stop);
        await guest.PutIntoBasketAsync(productId: 41, quantity: 1, Stop);
        var process = ProcessOf(part);

        var message = await shop.BeginAsync(part, "kill", Seconds, Stop);
        using var accepted = await guest.CheckOutAsync(Cards.Good, Guid.NewGuid().ToString(), Stop);
        var wasRunning = await shop.IsRunningAsync(part, "kill", Stop);

        Assert.False(ProcessTree.IsAlive(process));
        Assert.Contains("Ends in 3 s. In Flows", message, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        Assert.True(wasRunning);
        await shop.EndsAsync(part, "kill", Stop);
        await shop.App.ResourceNotifications.WaitForResourceHealthyAsync(part, Stop);
        Assert.NotEqual(process, ProcessOf(part));
        await guest.OrderReachesAsync(accepted.Headers.Location!, "Paid", Stop);
    }

    [Theory(Explicit = true)]
    [MemberData(nameof(OtherParts))]
    public Task Each_other_part_can_be_killed(string part) =>
        A_killed_process_is_gone_until_it_is_started_again_and_no_order_is_lost(part);

    [Theory]
    [InlineData("catalog-api")]
    public async Task A_frozen_process_goes_on_where_it_was_and_no_order_is_lost(string part)
    {
        var guest = await shop.GuestAsync(Stop);
        await guest.PutIntoBasketAsync(productId: 42, quantity: 1, Stop);
        var processes = ProcessTree.Under([ProcessOf(part)]).Select(process => process.Id).ToArray();

        await shop.BeginAsync(part, "freeze", Seconds, Stop);
        var statesMeanwhile = processes.Select(StateOf).ToArray();
        using var accepted = await guest.CheckOutAsync(Cards.Good, Guid.NewGuid().ToString(), Stop);

        Assert.All(statesMeanwhile, state => Assert.Equal('T', state));
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        await shop.EndsAsync(part, "freeze", Stop);
        Assert.NotEqual('T', StateOf(processes[0]));
        await guest.OrderReachesAsync(accepted.Headers.Location!, "Paid", Stop);
        Assert.Equal(processes[0], ProcessOf(part));
    }

    [Theory(Explicit = true)]
    [MemberData(nameof(OtherParts))]
    public Task Each_other_part_can_be_frozen(string part) => A_frozen_process_goes_on_where_it_was_and_no_order_is_lost(part);

    [Fact]
    public async Task The_same_fault_is_refused_until_the_first_has_ended()
    {
        await shop.BeginAsync("webapp", "freeze", seconds: 1, Stop);
        var (status, message) = await shop.PostAsync("webapp/freeze?seconds=600", Stop);
        await shop.EndsAsync("webapp", "freeze", Stop);

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("already running", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("webapp/freeze?seconds=0", HttpStatusCode.Conflict, "It must be a whole number from 1 to 600")]
    [InlineData("webapp/freeze?minutes=1", HttpStatusCode.BadRequest, "'freeze' has no argument 'minutes'. Its arguments are seconds.")]
    [InlineData("webapp/explode", HttpStatusCode.NotFound, "webapp has no fault 'explode'")]
    [InlineData("load/kill", HttpStatusCode.NotFound, "load has no fault 'kill'")]
    public async Task A_wrong_request_is_refused_with_its_reason(string path, HttpStatusCode expected, string reason)
    {
        var (status, message) = await shop.PostAsync(path, Stop);

        Assert.Equal(expected, status);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Host", "evil.example")]
    public async Task A_page_in_a_browser_cannot_begin_a_fault(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "faults/webapp/freeze?seconds=1") { Headers = { { header, value } } };
        using var response = await shop.Lab.SendAsync(request, Stop);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.False(await shop.IsRunningAsync("webapp", "freeze", Stop));
    }

    private static char StateOf(int process)
    {
        var stat = ProcessTree.Read(process, "stat");
        return stat[stat.LastIndexOf(')') + 2];
    }

    private int ProcessOf(string part) => shop.App.ProcessIdOf(part) ?? throw new NotSupportedException(
        $"'{part}' is not a process of this machine: set Shop:Servers to 'processes'.");
}
