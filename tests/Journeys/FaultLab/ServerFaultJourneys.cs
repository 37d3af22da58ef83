using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Aspire.Hosting.Testing;
using Npgsql;

namespace Journeys.FaultLab;

/// <summary>A broker without memory, a database without a disk.</summary>
[Collection("FaultLab")]
public sealed class ServerFaultJourneys(ShopWithFaultLab shop) : IAsyncDisposable
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The next journey begins without a fault, also if this one failed.</summary>
    public async ValueTask DisposeAsync() => await shop.AllEndAsync(Stop);

    [Fact(Explicit = true)]
    public async Task A_broker_with_a_memory_alarm_takes_no_message_and_an_order_meanwhile_is_completed()
    {
        var guest = await shop.GuestAsync(Stop);
        await guest.PutIntoBasketAsync(productId: 46, quantity: 1, Stop);
        using var management = await ManageBrokerAsync();

        await shop.BeginAsync("messaging", "memory-alarm", seconds: 4, Stop);
        using var accepted = await guest.CheckOutAsync(Cards.Good, Guid.NewGuid().ToString(), Stop);
        Assert.True(await HasAlarmAsync(management));
        using var early = await guest.Api.GetAsync(accepted.Headers.Location, Stop);
        Assert.True(await shop.IsRunningAsync("messaging", "memory-alarm", Stop));

        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, early.StatusCode);
        await shop.EndsAsync("messaging", "memory-alarm", Stop);
        Assert.False(await HasAlarmAsync(management));
        await guest.OrderReachesAsync(accepted.Headers.Location!, "Paid", Stop);
    }

    [Fact]
    public async Task A_database_with_a_full_disk_refuses_to_write_and_an_order_meanwhile_is_completed_without_a_failed_attempt()
    {
        var guest = await shop.GuestAsync(Stop);
        await guest.PutIntoBasketAsync(productId: 47, quantity: 1, Stop);
        var service = await shop.App.GetConnectionStringAsync("orderingdb", Stop);
        await using var database = NpgsqlDataSource.Create($"{service};Pooling=false");

        await shop.BeginAsync("orderingdb", "full-disk", seconds: 3, Stop);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => WriteAsync(database));
        using var accepted = await guest.CheckOutAsync(Cards.Good, Guid.NewGuid().ToString(), Stop);

        Assert.Equal(PostgresErrorCodes.DiskFull, refused.SqlState);
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        await shop.EndsAsync("orderingdb", "full-disk", Stop);
        await WriteAsync(database);
        await guest.OrderReachesAsync(accepted.Headers.Location!, "Paid", Stop);
        var flow = await shop.Flows.OfOrder(accepted.Headers.Location!, Stop).ToReach("ordering.order-paid");
        Assert.All(
            flow.Messages.SelectMany(message => message.Deliveries).SelectMany(delivery => delivery.Attempts),
            attempt => Assert.Equal(1, attempt.Number));
        Assert.Equal(0L, await CountTriggersAsync(database));
    }

    private static async Task WriteAsync(NpgsqlDataSource database)
    {
        await using var write = database.CreateCommand("update orders set id = id where false");
        await write.ExecuteNonQueryAsync(Stop);
    }

    private static async Task<object?> CountTriggersAsync(NpgsqlDataSource database)
    {
        await using var count = database.CreateCommand("select count(*) from pg_trigger where tgname like 'fault_lab%'");
        return await count.ExecuteScalarAsync(Stop);
    }

    private async Task<HttpClient> ManageBrokerAsync()
    {
        var broker = new Uri((await shop.App.GetConnectionStringAsync("messaging", Stop))!);
        var credentials = Encoding.UTF8.GetBytes(Uri.UnescapeDataString(broker.UserInfo));
        return new HttpClient
        {
            BaseAddress = shop.App.GetEndpoint("messaging", "management"),
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(credentials)) },
        };
    }

    private static async Task<bool> HasAlarmAsync(HttpClient management)
    {
        using var alarms = await management.GetAsync("api/health/checks/alarms", Stop);
        return alarms.StatusCode == HttpStatusCode.ServiceUnavailable;
    }
}
