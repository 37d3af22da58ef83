using System.Collections.Concurrent;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Hosting.Processes.Model;

/// <summary>
/// Reports at once that a starting server is healthy. Aspire checks after 0, 1, 3, 6 … s, which delays every start by seconds. So the first
/// check of a starting server is repeated until the server answers, for 20 seconds at most.
/// </summary>
internal sealed class StartingServers
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<string, ProcessServerResource> _serverOfCheck = new();
    private readonly ConcurrentDictionary<ProcessServerResource, long> _beginOf = new();

    public void Add(ProcessServerResource server, IEnumerable<IResource> children)
    {
        foreach (var check in children.Prepend(server).SelectMany(resource => resource.Annotations.OfType<HealthCheckAnnotation>()))
        {
            _serverOfCheck[check.Key] = server;
        }
    }

    /// <summary>Marks the moment when a server starts.</summary>
    public void Begin(ProcessServerResource server) => _beginOf[server] = TimeProvider.System.GetTimestamp();

    public void Wrap(HealthCheckServiceOptions options)
    {
        foreach (var registration in options.Registrations)
        {
            var create = registration.Factory;
            registration.Factory = services => new Check(this, registration.Name, create(services));
        }
    }

    private bool IsStarting(string check) =>
        _serverOfCheck.TryGetValue(check, out var server)
            && _beginOf.TryGetValue(server, out var begin)
            && TimeProvider.System.GetElapsedTime(begin) < Patience;

    private sealed class Check(StartingServers servers, string name, IHealthCheck inner) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            while (true)
            {
                var result = await CheckOnceAsync(context, cancellationToken);
                if (result.Status == HealthStatus.Healthy || !servers.IsStarting(name))
                {
                    return result;
                }

                await Task.Delay(Interval, cancellationToken);
            }
        }

        private async Task<HealthCheckResult> CheckOnceAsync(HealthCheckContext context, CancellationToken cancellationToken)
        {
            try
            {
                return await inner.CheckHealthAsync(context, cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested && servers.IsStarting(name))
            {
                return HealthCheckResult.Unhealthy(exception.Message, exception);
            }
        }
    }
}
