using EventBus.Messages;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace EventBus.Postgres;

/// <summary>Writes messages into the outbox of a PostgreSQL database and maps the bus's tables.</summary>
public static class OutboxDbContextExtensions
{
    /// <summary>Adds the event to the outbox; it leaves with the next <c>SaveChanges</c> or not at all.</summary>
    /// <param name="db">The context of the business change.</param>
    /// <param name="event">An event declared with <see cref="EventBusBuilder.Publishes"/>.</param>
    /// <param name="delay">Time to wait before it is relayed; survives restarts. Default: none.</param>
    /// <exception cref="InvalidOperationException">
    /// The type is not declared, or the context is not the one of <c>UsePostgres</c>.
    /// </exception>
    /// <exception cref="ArgumentException">The key is longer than 500 characters, or the body larger than the broker accepts.</exception>
    public static void Publish<TEvent>(this DbContext db, TEvent @event, TimeSpan? delay = null) where TEvent : class =>
        WriterOf(db).Add(db, @event, MessageKind.Event, delay);

    /// <summary>Adds the command to the outbox; it leaves with the next <c>SaveChanges</c> or not at all.</summary>
    /// <param name="db">The context of the business change.</param>
    /// <param name="command">A command declared with <see cref="EventBusBuilder.Sends"/>.</param>
    /// <param name="delay">Time to wait before it is relayed; survives restarts. Default: none.</param>
    /// <exception cref="InvalidOperationException">
    /// The type is not declared, or the context is not the one of <c>UsePostgres</c>.
    /// </exception>
    /// <exception cref="ArgumentException">The key is longer than 500 characters, or the body larger than the broker accepts.</exception>
    public static void Send<TCommand>(this DbContext db, TCommand command, TimeSpan? delay = null) where TCommand : class =>
        WriterOf(db).Add(db, command, MessageKind.Command, delay);

    /// <summary>Maps outbox, inbox and scheduled messages in the context's model, so that its migrations create their tables.</summary>
    /// <param name="modelBuilder">The model of the context.</param>
    public static ModelBuilder AddEventBus(this ModelBuilder modelBuilder)
    {
        MessagingModel.Map(modelBuilder);
        return modelBuilder;
    }

    private static OutboxWriter WriterOf(DbContext db)
    {
        // Scoped and pooled contexts alike know the application's services; the bus needs only a singleton of them.
        var services = db.GetService<IDbContextOptions>().FindExtension<CoreOptionsExtension>()?.ApplicationServiceProvider;
        return services?.GetService<OutboxWriter>() ?? throw new InvalidOperationException(
            $"{db.GetType().Name} has no outbox. Call UsePostgres<{db.GetType().Name}>() on the event bus of this service.");
    }
}
