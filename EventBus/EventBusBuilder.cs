using EventBus.Inbox;
using EventBus.Inbox.Postgres;
using EventBus.Inbox.Redis;
using EventBus.Messages;
using EventBus.Outbox;
using EventBus.Outbox.Postgres;
using EventBus.Outbox.Redis;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using StackExchange.Redis;

namespace EventBus;

/// <summary>Says what a service publishes, sends and handles, and which database holds its outbox and inbox.</summary>
public sealed class EventBusBuilder
{
    private readonly MessageRegistry _registry;

    internal EventBusBuilder(IServiceCollection services, MessageRegistry registry)
    {
        Services = services;
        _registry = registry;
    }

    /// <summary>The service collection being configured.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Outbox and inbox live in the PostgreSQL database of this context, whose model calls <c>modelBuilder.AddEventBus()</c>.</summary>
    /// <typeparam name="TContext">A registered context, pooled or not.</typeparam>
    /// <exception cref="InvalidOperationException">The service has chosen its store before.</exception>
    public EventBusBuilder UsePostgres<TContext>() where TContext : DbContext
    {
        UseStore<PostgresOutbox<TContext>, PostgresInbox<TContext>>();
        Services.AddSingleton<OutboxWriter>();
        Services.AddSingleton<WakeAfterSave>();
        Services.AddSingleton<WakeAfterCommit>();
        Services.ConfigureDbContext<TContext>((services, options) => options.AddInterceptors(
            services.GetRequiredService<WakeAfterSave>(), services.GetRequiredService<WakeAfterCommit>()));
        return this;
    }

    /// <summary>Outbox and inbox live in the Redis of the registered <c>IConnectionMultiplexer</c>; see <see cref="RedisUnitOfWork"/>.</summary>
    /// <exception cref="InvalidOperationException">The service has chosen its store before.</exception>
    public EventBusBuilder UseRedis()
    {
        UseStore<RedisOutbox, RedisInbox>();
        Services.AddScoped(services => new RedisUnitOfWork(
            services.GetRequiredService<IConnectionMultiplexer>(),
            services.GetRequiredService<MessageFactory>(),
            services.GetRequiredService<OutboxSignal>(),
            services.GetRequiredService<TimeProvider>()));
        return this;
    }

    /// <summary>Declares an event that this service publishes.</summary>
    /// <typeparam name="TEvent">A record named in the past tense; its namespace and name are its wire name.</typeparam>
    /// <param name="key">The aggregate the event is about; events with the same key keep their order.</param>
    /// <param name="version">The aggregate's version, strictly increasing per key; omit for events without one.</param>
    /// <param name="awaitedBy">
    /// The queues of the services whose work depends on this event, as in <c>ordering-api</c>. This service declares and binds them too, so that
    /// what it publishes before such a service starts for the first time waits in its queue. Default: none; an event that nobody listens to is
    /// then put aside in the queue <c>unrouted</c>. Others may listen in either case.
    /// </param>
    /// <exception cref="InvalidOperationException">The type is declared twice.</exception>
    public EventBusBuilder Publishes<TEvent>(
        Func<TEvent, string> key, Func<TEvent, long>? version = null, IReadOnlyList<string>? awaitedBy = null)
        where TEvent : class
    {
        Declare(MessageKind.Event, key, version, awaitedBy ?? []);
        return this;
    }

    /// <summary>Declares a command that this service sends. It goes to one queue, named like the command, and to one of its receivers.</summary>
    /// <typeparam name="TCommand">A record named in the imperative.</typeparam>
    /// <param name="key">What the command is about; commands with the same key keep their order.</param>
    /// <exception cref="InvalidOperationException">The type is declared twice.</exception>
    public EventBusBuilder Sends<TCommand>(Func<TCommand, string> key) where TCommand : class
    {
        Declare(MessageKind.Command, key, version: null, awaitedBy: []);
        return this;
    }

    /// <summary>
    /// Handles an event, from this service's own queue. Several handlers of one event run one after the other in the same transaction.
    /// </summary>
    /// <typeparam name="TEvent">The event.</typeparam>
    /// <typeparam name="THandler">Created in a scope of its own for every message, or every batch.</typeparam>
    /// <param name="inBatches">
    /// Under load, up to <see cref="EventBusOptions.BatchSize"/> messages that wait anyway share one scope, one save and one commit: several
    /// times faster. For handlers that are quick and write only what belongs to the message's key, such as a replica; where messages of
    /// different keys write the same rows, leave it off. If a batch fails, its halves are tried by themselves, and so on. Default: false.
    /// </param>
    public EventBusBuilder Subscribe<TEvent, THandler>(bool inBatches = false) where TEvent : class where THandler : class, IMessageHandler<TEvent>
    {
        Services.TryAddScoped<THandler>();
        _registry.Subscribe<TEvent, THandler>(MessageKind.Event, inBatches);
        return this;
    }

    /// <summary>Handles a command: this service is its one receiver, its replicas compete.</summary>
    /// <typeparam name="TCommand">The command.</typeparam>
    /// <typeparam name="THandler">Created in a scope of its own for every message.</typeparam>
    /// <exception cref="InvalidOperationException">The command has a handler.</exception>
    public EventBusBuilder Handle<TCommand, THandler>() where TCommand : class where THandler : class, IMessageHandler<TCommand>
    {
        Services.TryAddScoped<THandler>();
        _registry.Subscribe<TCommand, THandler>(MessageKind.Command, inBatches: false);
        return this;
    }

    private void UseStore<TOutbox, TInbox>() where TOutbox : class, IOutbox where TInbox : class, IInbox
    {
        if (Services.Any(service => service.ServiceType == typeof(IOutbox)))
        {
            throw new InvalidOperationException("The event bus has its store already: a service calls UsePostgres or UseRedis once.");
        }

        Services.AddSingleton<IOutbox, TOutbox>();
        Services.AddSingleton<IInbox, TInbox>();
    }

    private void Declare<TMessage>(MessageKind kind, Func<TMessage, string> key, Func<TMessage, long>? version, IReadOnlyList<string> awaitedBy)
        where TMessage : class =>
        _registry.Declare(new OutgoingMessage(
            typeof(TMessage),
            WireName.Of(typeof(TMessage)),
            kind,
            message => key((TMessage)message),
            version is null ? _ => 0 : message => version((TMessage)message),
            awaitedBy));
}
