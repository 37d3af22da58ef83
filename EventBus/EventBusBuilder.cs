using EventBus.Failure;
using EventBus.Inbox;
using EventBus.Messages;
using EventBus.Outbox;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace EventBus;

/// <summary>
/// Declares what a service publishes, sends and handles. A store and a transport are added by the packages of the vendors.
/// </summary>
public sealed class EventBusBuilder
{
    private readonly MessageRegistry _registry;

    internal EventBusBuilder(IHostApplicationBuilder host, MessageRegistry registry)
    {
        Host = host;
        _registry = registry;
    }

    /// <summary>The host being built.</summary>
    public IHostApplicationBuilder Host { get; }

    /// <summary>The service collection of the host.</summary>
    public IServiceCollection Services => Host.Services;

    /// <summary>Declares an event that this service publishes.</summary>
    /// <typeparam name="TEvent">A record named in the past tense; its namespace and name are its wire name.</typeparam>
    /// <param name="key">The aggregate the event is about; events with the same key keep their order. At most 500 characters.</param>
    /// <param name="version">
    /// The aggregate's version, strictly increasing per key; omit for events without one. A receiver may take a second event with the same
    /// key and version for a copy of the first.
    /// </param>
    /// <param name="requiredBy">
    /// The required consumers: queues of the services whose work depends on this event, as in <c>ordering-api</c>. Their queues are created
    /// by this service too, so that events published before such a service first starts wait there. Default: none; others may subscribe in
    /// either case.
    /// </param>
    /// <param name="correlationId">
    /// The id of the flow that the event begins where no handler publishes it, as the id of an order. Default: the key if it is a Guid,
    /// otherwise the id of the trace.
    /// </param>
    /// <exception cref="InvalidOperationException">The type is declared twice.</exception>
    public EventBusBuilder Publishes<TEvent>(
        Func<TEvent, string> key, Func<TEvent, long>? version = null, IReadOnlyList<string>? requiredBy = null,
        Func<TEvent, Guid>? correlationId = null)
        where TEvent : class
    {
        Declare(MessageKind.Event, key, version, requiredBy ?? [], correlationId);
        return this;
    }

    /// <summary>Declares a command that this service sends. It goes to one queue, named like the command, and to one receiver.</summary>
    /// <typeparam name="TCommand">A record named in the imperative.</typeparam>
    /// <param name="key">What the command is about; commands with the same key keep their order. At most 500 characters.</param>
    /// <exception cref="InvalidOperationException">The type is declared twice.</exception>
    public EventBusBuilder Sends<TCommand>(Func<TCommand, string> key) where TCommand : class
    {
        Declare(MessageKind.Command, key, version: null, requiredBy: []);
        return this;
    }

    /// <summary>Handles an event. Several handlers of one event run one after the other in the same transaction.</summary>
    /// <typeparam name="TEvent">The event.</typeparam>
    /// <typeparam name="THandler">Created in a scope of its own for every message, or every batch.</typeparam>
    /// <param name="inBatches">
    /// Under load, up to <see cref="EventBusOptions.BatchSize"/> waiting messages share one scope, one save and one commit: several times
    /// faster. For quick handlers that write nothing, or only what belongs to the message's key, such as a replica; where messages with
    /// different keys write the same rows, leave it off. If a batch fails, its halves are retried. Default: false.
    /// </param>
    public EventBusBuilder Subscribe<TEvent, THandler>(bool inBatches = false)
        where TEvent : class
        where THandler : class, IMessageHandler<TEvent>
    {
        Services.TryAddScoped<THandler>();
        _registry.Subscribe<TEvent>(MessageKind.Event).Add<TEvent, THandler>(inBatches);
        return this;
    }

    /// <summary>Handles an event with a call to an outside system.</summary>
    /// <typeparam name="TEvent">The event.</typeparam>
    /// <typeparam name="TResult">What the call returns.</typeparam>
    /// <typeparam name="THandler">Created in a scope of its own for each of its two steps.</typeparam>
    public EventBusBuilder Subscribe<TEvent, TResult, THandler>()
        where TEvent : class
        where THandler : class, ICallingMessageHandler<TEvent, TResult>
    {
        Services.TryAddScoped<THandler>();
        _registry.Subscribe<TEvent>(MessageKind.Event).Add<TEvent, TResult, THandler>();
        return this;
    }

    /// <summary>Handles a command: this service is its only receiver, its replicas compete.</summary>
    /// <typeparam name="TCommand">The command.</typeparam>
    /// <typeparam name="THandler">Created in a scope of its own for every message.</typeparam>
    /// <exception cref="InvalidOperationException">The command already has a handler.</exception>
    public EventBusBuilder Handle<TCommand, THandler>() where TCommand : class where THandler : class, IMessageHandler<TCommand>
    {
        Services.TryAddScoped<THandler>();
        _registry.Subscribe<TCommand>(MessageKind.Command).Add<TCommand, THandler>(inBatches: false);
        return this;
    }

    /// <summary>Handles a command with a call to an outside system.</summary>
    /// <typeparam name="TCommand">The command.</typeparam>
    /// <typeparam name="TResult">What the call returns.</typeparam>
    /// <typeparam name="THandler">Created in a scope of its own for each of its two steps.</typeparam>
    /// <exception cref="InvalidOperationException">The command already has a handler.</exception>
    public EventBusBuilder Handle<TCommand, TResult, THandler>()
        where TCommand : class
        where THandler : class, ICallingMessageHandler<TCommand, TResult>
    {
        Services.TryAddScoped<THandler>();
        _registry.Subscribe<TCommand>(MessageKind.Command).Add<TCommand, TResult, THandler>();
        return this;
    }

    /// <summary>
    /// Accepts messages whose wire name begins with a prefix from these senders only, as the broker checked them. Others become dead
    /// letters with the reason <see cref="Transport.DeadLetterReasons.WrongSender"/>. Without this, every sender is accepted; also where
    /// the broker does not check who publishes (<see cref="Transport.ITransport.ChecksSenders"/>).
    /// </summary>
    /// <param name="prefix">The part of the wire name before the dot, as in <c>catalog</c>.</param>
    /// <param name="from">
    /// The senders' accounts at the broker, as in <c>catalog-api</c>. An event has one, its owner; a command that several services send has
    /// several.
    /// </param>
    /// <exception cref="ArgumentException">There is no sender.</exception>
    /// <exception cref="InvalidOperationException">The prefix is declared twice.</exception>
    /// <seealso cref="EventBusOptions.CheckSenders"/>
    public EventBusBuilder AcceptOnly(string prefix, params IReadOnlyList<string> from)
    {
        _registry.AcceptOnly(prefix, from);
        return this;
    }

    /// <exception cref="InvalidOperationException">The service already has a store.</exception>
    internal void UseStore<TOutbox, TInbox, TFaults>()
        where TOutbox : class, IOutbox
        where TInbox : class, IInbox
        where TFaults : class, IStoreFaults
    {
        if (Services.Any(service => service.ServiceType == typeof(IOutbox)))
        {
            throw new InvalidOperationException("The event bus already has a store. Call UsePostgres or UseRedis once.");
        }

        Services.AddSingleton<IOutbox, TOutbox>();
        Services.AddSingleton<IInbox, TInbox>();
        Services.AddSingleton<IStoreFaults, TFaults>();
    }

    private void Declare<TMessage>(
        MessageKind kind, Func<TMessage, string> key, Func<TMessage, long>? version, IReadOnlyList<string> requiredBy,
        Func<TMessage, Guid>? correlationId = null)
        where TMessage : class =>
        _registry.Declare(new OutgoingMessage(
            typeof(TMessage),
            WireName.Of(typeof(TMessage)),
            kind,
            message => key((TMessage)message),
            version is null ? _ => 0 : message => version((TMessage)message),
            requiredBy,
            correlationId is null ? null : message => correlationId((TMessage)message).ToString()));
}
