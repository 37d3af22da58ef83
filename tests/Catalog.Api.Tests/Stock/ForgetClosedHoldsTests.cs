using Catalog.Api.Stock;
using Catalog.Api.Tests.Setup;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Catalog.Api.Tests.Stock;

public sealed class ForgetClosedHoldsTests(SharedApp shared)
{
    private static readonly TimeSpan Retention = TimeSpan.FromDays(14);

    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(HoldStatus.Shipped, true)]
    [InlineData(HoldStatus.Cancelled, true)]
    [InlineData(HoldStatus.Rejected, true)]
    [InlineData(HoldStatus.Expired, true)]
    [InlineData(HoldStatus.Paid, false)]
    public async Task Hold_IsDeletedAfterItsRetention_IfItIsClosed(HoldStatus status, bool isDeleted)
    {
        var order = Guid.NewGuid();
        var product = await shared.App.NewProductAsync(stock: 1, Stop);
        await shared.App.QueryAsync(db =>
        {
            db.Holds.Add(new Hold
            {
                OrderId = order,
                Status = status,
                ExpiresAt = _clock.GetUtcNow(),
                Lines = [new HoldLine { ProductId = product, Quantity = 1 }],
            });
            return db.SaveChangesAsync(Stop);
        });

        _clock.Advance(Retention);
        await SweepAsync();
        var before = await shared.App.HoldStatusAsync(order, Stop);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await SweepAsync();

        Assert.NotNull(before);
        Assert.Equal(isDeleted, await shared.App.HoldStatusAsync(order, Stop) is null);
    }

    private async Task SweepAsync()
    {
        var services = shared.App.Factory.Services;
        using var sweep = new ForgetClosedHolds(
            services.GetRequiredService<IServiceScopeFactory>(), services.GetRequiredService<IOptions<CatalogOptions>>(), _clock,
            NullLogger<ForgetClosedHolds>.Instance);
        await sweep.SweepAsync(Stop);
    }
}
