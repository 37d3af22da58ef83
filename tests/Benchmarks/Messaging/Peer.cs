using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Benchmarks.Messaging;

/// <summary>
/// Another bus, on a quorum queue of the same broker, publishing with confirms. It has neither outbox nor inbox here: less work than ours
/// does.
/// </summary>
internal abstract class Peer(string title, string broker) : IAsyncDisposable
{
    private const int Window = 500;
    private IHost? _publisher;

    public string Title => title;

    /// <summary>Also of its queue.</summary>
    public string Name { get; } = title.ToLowerInvariant();

    /// <summary>The queue exists and is empty; messages go to it.</summary>
    public async Task PrepareAsync(RawClient raw, CancellationToken cancellationToken)
    {
        var consumer = await StartAsync(consumes: true, new Arrivals(), cancellationToken);
        await StopAsync(consumer);
        _publisher = await StartAsync(consumes: false, new Arrivals(), cancellationToken);
        await raw.PurgeAsync(Name, cancellationToken);
    }

    public Task<double> PublishAwaitedAsync(TimeSpan duration, CancellationToken cancellationToken) =>
        Rate.OfAsync(duration, 1, () => PublishAsync(_publisher!, BusHost.Sale(0)), cancellationToken);

    public Task<double> PublishPipelinedAsync(TimeSpan duration, CancellationToken cancellationToken) =>
        Rate.OfAsync(duration, Window, PublishWindowAsync, cancellationToken);

    public async Task<double> ConsumeAsync(int count, CancellationToken cancellationToken)
    {
        for (var published = 0; published < count; published += Window)
        {
            await PublishWindowAsync();
        }

        var rate = new Rate(count);
        var consumer = await StartAsync(consumes: true, new Arrivals { OnHandling = _ => rate.Add(1) }, cancellationToken);
        try
        {
            return await rate.PerSecondAsync(cancellationToken);
        }
        finally
        {
            await StopAsync(consumer);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_publisher is not null)
        {
            await StopAsync(_publisher);
        }
    }

    /// <summary>Publishes, and waits for the broker's confirm.</summary>
    protected abstract Task PublishAsync(IHost publisher, ItemSold sold);

    protected abstract void Configure(HostApplicationBuilder builder, Uri broker, string queue, bool consumes);

    private async Task<IHost> StartAsync(bool consumes, Arrivals arrivals, CancellationToken cancellationToken)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Error);
        builder.Services.AddSingleton(arrivals);
        Configure(builder, new Uri(broker), Name, consumes);
        var host = builder.Build();
        await host.StartAsync(cancellationToken);
        return host;
    }

    private static async Task StopAsync(IHost host)
    {
        await host.StopAsync(CancellationToken.None);
        await ((IAsyncDisposable)host).DisposeAsync();
    }

    private Task PublishWindowAsync() =>
        Task.WhenAll(Enumerable.Range(0, Window).Select(number => PublishAsync(_publisher!, BusHost.Sale(number))));
}
