using EventBus;
using Microsoft.EntityFrameworkCore;
using Ordering.Api.Buyers;
using Ordering.Api.Orders;
using Ordering.Api.Payments;
using Ordering.Api.Webhooks;

namespace Ordering.Api;

public sealed class OrderingContext(DbContextOptions<OrderingContext> options) : DbContext(options)
{
    public DbSet<Order> Orders => Set<Order>();

    public DbSet<OrderGuess> OrderGuesses => Set<OrderGuess>();

    public DbSet<Payment> Payments => Set<Payment>();

    public DbSet<Buyer> Buyers => Set<Buyer>();

    public DbSet<GuestAdoption> GuestAdoptions => Set<GuestAdoption>();

    public DbSet<SimulatedCharge> SimulatedCharges => Set<SimulatedCharge>();

    public DbSet<SimulatedRefund> SimulatedRefunds => Set<SimulatedRefund>();

    public DbSet<WebhookSubscriber> WebhookSubscribers => Set<WebhookSubscriber>();

    public DbSet<WebhookDelivery> WebhookDeliveries => Set<WebhookDelivery>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddEventBus();
        modelBuilder.HasSequence<int>(OrderNumber.Sequence).StartsAt(OrderNumber.First);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(OrderingContext).Assembly);
    }
}
