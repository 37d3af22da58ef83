namespace EventBus.Tests.Faults.Rig;

internal sealed partial class FaultedShop
{
    /// <summary>
    /// Stops the services and checks that every committed message took effect exactly once and in order in both services, and that nothing
    /// remains but the poison messages.
    /// </summary>
    /// <param name="poison">The number of dead letters of Stock; each is a message without effect.</param>
    public async Task HoldsAsync(int poison = 0)
    {
        var expected = await SettlesAsync(poison);
        foreach (var probe in _probes.Where(probe => !probe.HasEnded))
        {
            Assert.Equal(0, await probe.TerminateAsync());
        }

        // All sessions are closed, so unacknowledged messages would be in their queue again.
        foreach (var queue in new[] { "stock-api", "sales-api", "bus-probe.charge-order" })
        {
            Assert.Equal((queue, 0), (queue, await CountAsync(queue)));
        }

        Assert.Equal(0, await DeadLettersAsync("sales-api"));
        Assert.Equal(0, await _broker.CountUnroutedAsync());
        Assert.Equal(poison, await DeadLettersAsync());
        var (sales, stock) = (await Sales.ReadAsync(), await Stock.ReadAsync());
        Assert.Equal(expected, stock.Effects.Count);
        Assert.Equal(stock.Taken, sales.Effects.Count);
        Assert.All([sales, stock], HappenedOnceAndInOrder);
        Assert.All(stock.Stock, left => Assert.Equal(
            (left.Key, Books.StartOfStock - stock.Effects.Count(done => done.OrderId == left.Key && done.Version > 0)),
            (left.Key, left.Value)));
    }

    /// <returns>The number of effects in Stock.</returns>
    private async Task<int> SettlesAsync(int poison)
    {
        var sales = (await Sales.ReadAsync()).Sales;
        var expected = sales.Count + sales.DistinctBy(sale => sale.OrderId).Count() - poison;
        await SettlesAsync(async () => await Stock.CountEffectsAsync() >= expected, $"{expected} effects in Stock");
        var answers = (await Stock.ReadAsync()).Taken;
        await SettlesAsync(async () => await Sales.CountEffectsAsync() >= answers, "every answer of Stock has reached Sales");
        await SettlesAsync(async () => await Sales.CountWaitingAsync() + await Stock.CountWaitingAsync() == 0, "the outboxes are empty");
        await SettlesAsync(async () => await DeadLettersAsync() >= poison, $"{poison} dead letters");
        return expected;
    }

    private static void HappenedOnceAndInOrder(Books books)
    {
        Assert.DoesNotContain(books.Effects.GroupBy(done => done.MessageId), copies => copies.Count() > 1);
        Assert.All(books.Effects.GroupBy(done => (done.What, done.OrderId)), steps => Assert.Equal(
            steps.Select(step => step.Version).Distinct().Order(), steps.Select(step => step.Version)));
    }
}
