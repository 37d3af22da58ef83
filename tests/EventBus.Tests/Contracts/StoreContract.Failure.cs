using System.Text;
using System.Text.Json;
using EventBus.Failure;
using EventBus.Tests.Setup;
using EventBus.Tests.Shop;
using EventBus.Transport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EventBus.Tests.Contracts;

public abstract partial class StoreContract
{
    [Fact]
    public async Task FailingHandler_IsRetriedWithEachDelay_AndItsWritesAreRolledBack()
    {
        await using var shop = await StartShopAsync();
        shop.Ledger.OnHandling = (seen, _) => seen.Context.Attempt switch
        {
            1 => throw new InvalidOperationException("not yet"),
            2 => throw new JsonException("the answer of another service is not JSON"),
            _ => Task.CompletedTask,
        };

        await shop.PublishAsync(new ItemSold(1, 1));

        await shop.HasEffectsAsync(1);
        Assert.Equal([1, 2, 3], shop.Ledger.Seen.Select(seen => seen.Context.Attempt));
        Assert.Single(shop.Ledger.Seen.Select(seen => seen.Context.MessageId).Distinct());
    }

    [Fact]
    public async Task MessageThatAlwaysFails_BecomesADeadLetter_AndReplayKeepsItsId()
    {
        await using var shop = await StartShopAsync();
        var repaired = false;
        shop.Ledger.OnHandling = (seen, _) => seen.Message is ItemSold { Sequence: 13 } && !repaired
            ? throw new InvalidOperationException("unlucky number")
            : Task.CompletedTask;

        await shop.PublishAsync([.. Enumerable.Range(1, 20).Select(i => new ItemSold(i, i))]);

        await shop.HasEffectsAsync(19);
        var letter = Assert.Single(await shop.HasDeadLettersAsync(1));
        Assert.Equal(("shop.item-sold", "13", "handler-failed", 3), (letter.Type, letter.Key, letter.Reason, letter.Attempts));
        Assert.Equal((typeof(InvalidOperationException).FullName, "unlucky number"), (letter.ExceptionType, letter.ExceptionMessage));
        Assert.Contains(nameof(NoteEffect), letter.ExceptionStack, StringComparison.Ordinal);
        Assert.Equal(
            $"{typeof(StoreContract)}.{nameof(MessageThatAlwaysFails_BecomesADeadLetter_AndReplayKeepsItsId)}", letter.ExceptionFrame);
        Assert.Equal("Shop.Api", letter.OriginApp);
        Assert.True(letter.CreatedAt < letter.FirstFailedAt && letter.FirstFailedAt < letter.LastFailedAt);

        await shop.ReplayAsync(new DeadLetterReplay { Queue = "shop-api", Where = l => l.Type == "other" }, count: 0);
        await shop.ReplayAsync(new DeadLetterReplay { Queue = "shop-api", DryRun = true }, count: 1);
        repaired = true;
        await shop.ReplayAsync(new DeadLetterReplay { Queue = "shop-api" }, count: 1);

        await shop.HasEffectsAsync(20);
        Assert.Contains(await shop.EffectsAsync(), effect => effect.MessageId == letter.MessageId);
        await shop.HasDeadLettersAsync(0);
    }

    [Fact]
    public async Task DeadLetterOfAProcessWhoseClockIsAhead_IsReplayed()
    {
        var plan = await PlanAsync("Shop.Api", DeclareShop);
        await using (var ahead = await Service.StartAsync(plan with
        {
            Configure = options => options.RetryDelays = [],
            Services = services => services.AddSingleton<TimeProvider>(new ClockAhead(TimeSpan.FromHours(1))),
        }))
        {
            ahead.Ledger.OnHandling = (_, _) => throw new InvalidOperationException("never");
            await ahead.PublishAsync(new ItemSold(1, 1));
            await ahead.HasDeadLettersAsync(1);
        }

        await using var shop = await Service.StartAsync(plan);
        Assert.True(Assert.Single(await shop.HasDeadLettersAsync(1)).LastFailedAt > TimeProvider.System.GetUtcNow());
        await shop.ReplayAsync(new DeadLetterReplay { Queue = "shop-api" }, count: 1);
        await shop.HasEffectsAsync(1);
    }

    [Fact]
    public async Task DeadLetterThatFailsAgain_IsReplayedOnceByAReplay()
    {
        await using var shop = await StartShopAsync(options => options.RetryDelays = []);
        shop.Ledger.OnHandling = (_, _) => throw new InvalidOperationException("never");
        await shop.PublishAsync([.. Enumerable.Range(1, 20).Select(i => new ItemSold(i, i))]);
        await shop.HasDeadLettersAsync(20);

        // Slow enough that the first retries arrive before the last messages are published.
        await shop.ReplayAsync(new DeadLetterReplay { Queue = "shop-api", Rate = 20 }, count: 20);

        await shop.HasDeadLettersAsync(20);
        Assert.Equal(40, shop.Ledger.Seen.Count);
    }

    [Fact]
    public async Task UnusableMessages_AreDeadLetteredAtOnce_AndTheOthersAreHandled()
    {
        var plan = await PlanAsync("Shop.Api", DeclareShop);

        // An earlier release subscribed to an event that this release does not know.
        await using (var earlier = await Service.StartAsync(plan with
        {
            Declare = bus => bus.Publishes<CardCharged>(e => $"{e.OrderId}").Subscribe<CardCharged, NoteEffect>(),
        }))
        {
            await earlier.PublishAsync(new CardCharged(Guid.NewGuid()));
            await earlier.HasEffectsAsync(1);
        }

        await using var shop = await Service.StartAsync(plan);
        var good = OnWire(new ItemSold(1, 1), "1");

        await shop.PutOnWireAsync(
            OnWire(new CardCharged(Guid.NewGuid()), "1"),
            good with { MessageId = $"{Guid.NewGuid()}", Body = Encoding.UTF8.GetBytes("{ not json") },
            good with { MessageId = $"{Guid.NewGuid()}", Body = Encoding.UTF8.GetBytes("""{"sequence":3}""") },
            good with { MessageId = "not-a-uuid" },
            good with { MessageId = $"{Guid.NewGuid()}", Key = "nul\0" },
            good with { MessageId = $"{Guid.NewGuid()}", Key = new string('k', 5000) },
            good);

        await shop.HasEffectsAsync(2);
        Assert.Equal(
            ["bad-body", "bad-body", "bad-envelope", "bad-envelope", "bad-envelope", "unknown-type"],
            (await shop.HasDeadLettersAsync(6)).Select(letter => letter.Reason).Order());
        Assert.Single(shop.Ledger.Seen);
    }

    [Fact]
    public async Task ConflictAfterAnOutageOfTheStore_IsTriedAgainInPlace()
    {
        await using var shop = await StartShopAsync(options => options.ImmediateTries = 2);
        shop.Ledger.OnHandling = (_, _) => shop.Ledger.Seen.Count switch
        {
            <= 3 => throw new StoreUnavailableException(new TimeoutException("no answer")),
            4 => throw new DbUpdateConcurrencyException("conflict", new UnitOfWorkConflictException()),
            _ => Task.CompletedTask,
        };

        await shop.PublishAsync(new ItemSold(1, 1));

        await shop.HasEffectsAsync(1);
        Assert.Equal(Enumerable.Repeat(1, 5), shop.Ledger.Seen.Select(seen => seen.Context.Attempt));
    }

    [Fact]
    public async Task HandlerThatPublishesAndFails_PublishesOnce()
    {
        await using var payments = await StartAsync("Payment.Api", bus => bus
            .Sends<ChargeCard>(c => $"{c.OrderId}").Handle<ChargeCard, NoteEffect>()
            .Publishes<CardCharged>(e => $"{e.OrderId}").Subscribe<CardCharged, NoteEffect>());
        payments.Ledger.OnHandling = (seen, _) => seen.Message is ChargeCard && seen.Context.Attempt == 1
            ? throw new TimeoutException("the bank is slow")
            : Task.CompletedTask;

        await payments.SendAsync(new ChargeCard(Guid.NewGuid(), 1m));

        await payments.HasEffectsAsync(2);
        await payments.OutboxIsEmptyAsync();
        Assert.Single(payments.Ledger.Seen, seen => seen.Message is CardCharged);
    }

    [Theory]
    [InlineData(CrashPoints.Claimed)]
    [InlineData(CrashPoints.Confirmed)]
    [InlineData(CrashPoints.Handled)]
    [InlineData(CrashPoints.Committed)]
    public async Task CrashAtAnyPoint_LosesNothing_AndRepeatsNoEffect(string point)
    {
        await using var shop = await StartAsync(
            "Shop.Api", DeclareShop, services: services => services.AddSingleton<CrashPoints>(new CrashOnce(point)));

        await shop.PublishAsync([.. Enumerable.Range(1, 40).Select(i => new ItemSold(i % 4, i))]);

        await shop.HasEffectsAsync(40);
        Assert.Equal(40, (await shop.EffectsAsync()).Select(effect => effect.MessageId).Distinct().Count());
        await shop.OutboxIsEmptyAsync();
    }

    /// <summary>
    /// A foreign sender may write anything into a header. Without a check, these values ended the consumer or caused endless retries.
    /// </summary>
    [Theory]
    [InlineData(HeaderNames.Attempt, 0L)]
    [InlineData(HeaderNames.Attempt, -1L)]
    [InlineData(HeaderNames.Attempt, long.MaxValue)]
    [InlineData(HeaderNames.Attempt, "many")]
    [InlineData(HeaderNames.CreatedAt, long.MaxValue)]
    [InlineData(HeaderNames.CreatedAt, long.MinValue)]
    [InlineData(HeaderNames.CreatedAt, 500_000_000_000_000_000)]
    [InlineData(HeaderNames.RetriedAt, long.MinValue)]
    [InlineData(HeaderNames.RetryDelay, long.MaxValue)]
    [InlineData(HeaderNames.Version, long.MinValue)]
    [InlineData(HeaderNames.FirstFailedAt, long.MinValue)]
    [InlineData(HeaderNames.TraceParent, "not a trace")]
    [InlineData(HeaderNames.Baggage, "%%%=,=;,\u0000")]
    public async Task ForeignHeader_ThatCannotBeUsed_CountsAsAbsent(string header, object value)
    {
        await using var shop = await StartShopAsync();
        var failures = 0;
        shop.Ledger.OnHandling = (_, _) => Interlocked.Increment(ref failures) == 1
            ? throw new InvalidOperationException("once")
            : Task.CompletedTask;

        // The second message shows that the consumer continues. A message without remaining attempts is dead-lettered at its first failure.
        await shop.PutOnWireAsync(OnWire(new ItemSold(1, 1), "1").With([new(header, value)]), OnWire(new ItemSold(1, 2), "1"));

        await shop.HasEffectsAsync(value is long.MaxValue && header == HeaderNames.Attempt ? 1 : 2);
        await shop.HasDeadLettersAsync(value is long.MaxValue && header == HeaderNames.Attempt ? 1 : 0);
    }

    [Fact]
    public async Task MessageThatTheBrokerCannotCarry_IsRefusedByPublish_AndNothingIsStored()
    {
        await using var shop = await StartShopAsync();

        var refused = await Assert.ThrowsAsync<ArgumentException>(
            () => shop.PublishAsync(new NoteTaken(new string('x', 20 * 1024 * 1024))));

        var limit = shop.Services.GetRequiredService<ITransport>().MaxBodySize;
        Assert.Contains(
            $"shop.note-taken has 20,971,531 bytes; the broker takes {limit:N0}", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => shop.PublishAsync(new NoteTaken(new string('k', 501))));
        await shop.OutboxIsEmptyAsync();
    }

    [Fact]
    public async Task Call_IsMadeOutsideTheTransaction_AndItsResultIsHandled()
    {
        var calls = new Calls();
        await using var payments = await StartAsync(
            "Payment.Api",
            bus => bus.Sends<ChargeCard>(c => $"{c.OrderId}").Handle<ChargeCard, string, ChargeByCall>()
                .Publishes<CardCharged>(e => $"{e.OrderId}").Subscribe<CardCharged, NoteEffect>(),
            services: services => services.AddSingleton(calls));
        var order = Guid.NewGuid();

        await payments.SendAsync(new ChargeCard(order, 1m));

        await payments.HasEffectsAsync(2);
        Assert.Equal(["provider", "provider"], calls.Made.Select(call => call.Result));
        Assert.Single(calls.Made.Select(call => call.MessageId).Distinct());
        Assert.All(calls.Made, call => Assert.False(call.InTransaction));
    }

    private sealed class ClockAhead(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }
}
