using System.Globalization;
using System.Net.NetworkInformation;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Hosting.Processes.Ports;

/// <summary>Checks before the start whether the fixed ports of a model are free.</summary>
internal sealed partial class PortCheck(IConfiguration configuration, ILoggerFactory loggers)
{
    private static readonly string[] DashboardSettings =
    [
        "ASPNETCORE_URLS", "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL",
        "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL",
    ];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly ILogger _logger = loggers.CreateLogger("Hosting.Processes");

    /// <exception cref="DistributedApplicationException">
    /// Lists every port in use, the resource that needs it and the process that uses it.
    /// </exception>
    public async Task CheckAsync(DistributedApplicationModel model, CancellationToken cancellationToken)
    {
        var wanted = DashboardPorts().Concat(EndpointPorts(model)).Where(port => port.Number > 0).DistinctBy(port => port.Number).ToArray();
        var began = TimeProvider.System.GetTimestamp();
        var isLogged = false;
        while (true)
        {
            var listening =
                IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(listener => listener.Port).ToHashSet();
            var taken = wanted.Where(port => listening.Contains(port.Number))
                .Select(port => (port.Number, port.For, Owner: PortOwner.Of(port.Number)))
                .ToArray();
            if (taken.Length == 0)
            {
                return;
            }

            if (!Array.TrueForAll(taken, port => port.Owner?.AppHost() is { IsAlive: false })
                || TimeProvider.System.GetElapsedTime(began) > Patience)
            {
                throw new DistributedApplicationException($"""
                    {(taken.Length == 1 ? "a port is" : $"{taken.Length} ports are")} in use.
                    {string.Join(Environment.NewLine, taken.Select(port => Describe(port.Number, port.For, port.Owner)))}
                    Stop what uses them, or start with other ports:
                    set DcpPublisher__RandomizePorts=true and other addresses for the dashboard.
                    """);
            }

            if (!isLogged)
            {
                isLogged = true;
                LogWaiting(string.Join(", ", taken.Select(port => port.Number)));
            }

            await Task.Delay(Interval, cancellationToken);
        }
    }

    private static string Describe(int port, string usedFor, PortOwner? owner) =>
        string.Create(CultureInfo.InvariantCulture, $"  {port} for {usedFor}: {owner?.ToString() ?? "another process"}");

    private IEnumerable<(int Number, string For)> EndpointPorts(DistributedApplicationModel model) =>
        configuration.GetValue("DcpPublisher:RandomizePorts", defaultValue: false)
            ? []
            : from resource in model.Resources
              from endpoint in resource.Annotations.OfType<EndpointAnnotation>()
              select (endpoint.Port ?? 0, $"'{resource.Name}'");

    // Aspire sets AuthMode only if it runs a dashboard.
    private IEnumerable<(int Number, string For)> DashboardPorts() =>
        from setting in configuration["AppHost:ResourceService:AuthMode"] is null ? [] : DashboardSettings
        from url in (configuration[setting] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries)
        where Uri.TryCreate(url, UriKind.Absolute, out _)
        select (new Uri(url).Port, $"the dashboard ({setting})");
}
