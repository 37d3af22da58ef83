using EventBus.Messages;
using EventBus.Outbox.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace EventBus;

/// <summary>Writes messages into the outbox of a PostgreSQL database and maps the bus's tables.</summary>
public static class OutboxDbContextExtensions
{
    /// <summary>Adds the event to the outbox; it leaves with the next <c>SaveChanges</c> or not at all.</summary>
    /// <param name="db">The context that the business change is made in.</param>
    /// <param name="event">An event declared with <see cref="EventBusBuilder.Publishes"/>.</param>
    /// <param name="delay">Time to wait before it is relayed; survives restarts. Default: none.</param>
    /// <exception cref="InvalidOperationException">The type is not declared, or the context is not the bus's.</exception>
    public static void Publish<TEvent>(this DbContext db, TEvent @event, TimeSpan? delay = null) where TEvent : class =>
        WriterOf(db).Add(db, @event, MessageKind.Event, delay);

    /// <summary>Adds the command to the outbox; it leaves with the next <c>SaveChanges</c> or not at all.</summary>
    /// <param name="db">The context that the business change is made in.</param>
    /// <param name="command">A command declared with <see cref="EventBusBuilder.Sends"/>.</param>
    /// <param name="delay">Time to wait before it is relayed; survives restarts. Default: none.</param>
    /// <exception cref="InvalidOperationException">The type is not declared, or the context is not the bus's.</exception>
    public static void Send<TCommand>(this DbContext db, TCommand command, TimeSpan? delay = null) where TCommand : class =>
        WriterOf(db).Add(db, command, MessageKind.Command, delay);

    /// <summary>Maps outbox, inbox and scheduled messages in the context's model, so that its migrations create their tables.</summary>
    public static ModelBuilder AddEventBus(this ModelBuilder modelBuilder)
    {
        MessagingModel.Map(modelBuilder);
        return modelBuilder;
    }

    private static OutboxWriter WriterOf(DbContext db)
    {
        // Scoped and pooled contexts alike know the application's services; the bus needs nothing but a singleton of them.
        var services = db.GetService<IDbContextOptions>().FindExtension<CoreOptionsExtension>()?.ApplicationServiceProvider;
        return services?.GetService<OutboxWriter>() ?? throw new InvalidOperationException(
            $"{db.GetType().Name} has no outbox. Add .UsePostgres<{db.GetType().Name}>() to builder.AddEventBus(…) of this service.");
    }
}
