using EventBus.Tests.Setup;
using EventBus.Tests.Shop;
using Microsoft.Extensions.DependencyInjection;

namespace EventBus.Tests.Contracts;

public abstract partial class StoreContract
{
    [Fact]
    public async Task SecondFailure_NamesTheFirst_AndIsInItsGroup()
    {
        await using var shop = await StartShopAsync(options => options.RetryDelays = []);
        shop.Ledger.OnHandling = (_, _) => throw new InvalidOperationException("never");
        await shop.PublishAsync(new ItemSold(1, 1), new ItemSold(2, 2));
        var first = await shop.HasDeadLettersAsync(2);

        await shop.ReplayAsync(new DeadLetterReplay { Queue = "shop-api", Where = letter => letter.Id == first[0].Id }, count: 1);

        IReadOnlyList<DeadLetter> second = [];
        await Eventually.TrueAsync(
            async () => (second = await shop.HasDeadLettersAsync(2)).Any(letter => letter.ReplayOf is not null), "it failed again");
        var again = Assert.Single(second, letter => letter.ReplayOf is not null);
        Assert.Equal((first[0].Id, first[0].MessageId), (again.ReplayOf, again.MessageId));
        Assert.NotEqual(first[0].Id, again.Id);
        Assert.True(first[0].LastFailedAt < again.ReplayedAt && again.ReplayedAt < again.LastFailedAt);
        Assert.Single(first.Concat(second).Select(letter => letter.Group).Distinct());
    }

    [Fact]
    public async Task TwoReplaysAtOnce_ReplayEachLetterOnce()
    {
        var plan = (await PlanAsync("Shop.Api", DeclareShop)) with { Configure = options => options.RetryDelays = [] };
        await using var shop = await Service.StartAsync(plan);
        await using var other = await Service.StartAsync(plan);
        var repaired = false;
        shop.Ledger.OnHandling = other.Ledger.OnHandling = (_, _) =>
            repaired ? Task.CompletedTask : throw new InvalidOperationException("not yet");
        await shop.PublishAsync([.. Enumerable.Range(1, 50).Select(i => new ItemSold(i, i))]);
        await shop.HasDeadLettersAsync(50);
        repaired = true;

        var outcomes = await Task.WhenAll(
            new[] { shop, shop, other }.Select(service => service.Services.GetRequiredService<DeadLetterQueues>()
                .ReplayAsync(new DeadLetterReplay { Queue = "shop-api", Rate = 1000 }, Token)));

        await shop.HasEffectsAsync(50);
        await shop.HasDeadLettersAsync(0);
        Assert.Equal(50, outcomes.Sum(outcome => outcome.Letters.Count));
        Assert.Equal(50, outcomes.SelectMany(outcome => outcome.Letters).Select(letter => letter.Id).Distinct().Count());
    }

    [Fact]
    public async Task ReplayBeyondItsTimeLimit_LeavesTheOthers()
    {
        await using var shop = await StartShopAsync(options => options.RetryDelays = []);
        shop.Ledger.OnHandling = (_, _) => throw new InvalidOperationException("never");
        await shop.PublishAsync([.. Enumerable.Range(1, 5).Select(i => new ItemSold(i, i))]);
        await shop.HasDeadLettersAsync(5);

        var outcome = await shop.Services.GetRequiredService<DeadLetterQueues>()
            .ReplayAsync(new DeadLetterReplay { Queue = "shop-api", Rate = 2, TimeLimit = TimeSpan.FromMilliseconds(600) }, Token);

        Assert.InRange(outcome.Letters.Count, 1, 2);
        Assert.Equal(5 - outcome.Letters.Count, outcome.Remaining);
    }

    [Fact]
    public async Task DiscardedLetter_IsGone_AndTheOthersStay()
    {
        await using var shop = await StartShopAsync(options => options.RetryDelays = []);
        shop.Ledger.OnHandling = (_, _) => throw new InvalidOperationException("never");
        await shop.PublishAsync([.. Enumerable.Range(1, 3).Select(i => new ItemSold(i, i))]);
        var letters = await shop.HasDeadLettersAsync(3);
        var deadLetters = shop.Services.GetRequiredService<DeadLetterQueues>();

        var outcome = await deadLetters.DiscardAsync("shop-api", letter => letter.Id == letters[1].Id, cancellationToken: Token);

        Assert.Equal(letters[1].Id, Assert.Single(outcome.Letters).Id);
        var left = await shop.HasDeadLettersAsync(2);
        Assert.Equal(new[] { letters[0].Id, letters[2].Id }.Order(), left.Select(letter => letter.Id).Order());
        await Eventually.TrueAsync(
            async () => (await deadLetters.CountAsync(Token)).Sum(queue => queue.Count) == 2, "two are counted");
        Assert.Empty(await shop.EffectsAsync());
    }
}
