using System.Diagnostics;
using System.Reflection;
using EventBus;
using EventBus.Messages;
using EventBus.Transport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AsyncApi;

/// <summary>The messages that a service declares, read from its host, which is built but not started.</summary>
internal sealed record DeclaredService(string Name, IReadOnlyList<OutgoingMessage> Outgoing, TopologyPlan Topology)
{
    private static readonly string[] Apps = ["Basket.Api", "Catalog.Api", "Ordering.Api", "WebApp"];

    public static IReadOnlyList<DeclaredService> All { get; } = [.. Apps.Select(Read)];

    private static DeclaredService Read(string app)
    {
        using var host = Build(app);
        var options = host.Services.GetRequiredService<EventBusOptions>();
        var registry = host.Services.GetRequiredService<MessageRegistry>();
        return new DeclaredService(options.QueueName, [.. registry.Outgoing], host.Services.GetRequiredService<TopologyPlan>());
    }

    /// <summary>Runs the app's own entry point up to the moment where the host is built.</summary>
    private static IHost Build(string app)
    {
        string[] args = [$"--applicationName={app}", $"--contentRoot={Repository.PathOf(app)}", "--environment=Production"];
        using var watch = new HostWatch();
        HostWatch.Current.Value = watch;
        using var subscription = DiagnosticListener.AllListeners.Subscribe(watch);
        try
        {
            var main = Assembly.Load(app).EntryPoint!;
            (main.Invoke(null, main.GetParameters().Length == 0 ? [] : [args]) as Task)?.GetAwaiter().GetResult();
        }
        catch (Exception fault) when (watch.Host is not null && fault.GetBaseException() is HostAbortedException)
        {
            return watch.Host;
        }

        throw new InvalidOperationException($"{app} ended before it built a host.");
    }

    /// <summary>Captures the host when it is built and stops the entry point there, like tools that need only an app's services.</summary>
    private sealed class HostWatch : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
    {
        /// <summary>All hosts of the process announce themselves to all who listen; ours is built in our own flow.</summary>
        public static readonly AsyncLocal<HostWatch?> Current = new();

        private IDisposable? _subscription;

        public IHost? Host { get; private set; }

        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == "Microsoft.Extensions.Hosting")
            {
                _subscription = value.Subscribe(this);
            }
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value.Key == "HostBuilt" && Current.Value == this)
            {
                Host = (IHost)value.Value!;
                throw new HostAbortedException();
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        public void Dispose() => _subscription?.Dispose();
    }
}
