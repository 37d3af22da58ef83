using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Logs;

/// <summary>Writes the console of every resource to the log of AppHost, where <see cref="DistributedApplicationOptions.EnableResourceLogging"/> asks for it.</summary>
internal sealed partial class ResourceLogForwarder(
    DistributedApplicationModel model, ResourceLoggerService logs, ILoggerFactory loggers, IHostEnvironment environment) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(model.Resources.Select(resource => ForwardAsync(resource.Name, stoppingToken)));

    private async Task ForwardAsync(string name, CancellationToken cancellationToken)
    {
        var logger = loggers.CreateLogger($"{environment.ApplicationName}.Resources.{name}");
        await foreach (var lines in logs.WatchAsync(name).WithCancellation(cancellationToken))
        {
            foreach (var line in lines)
            {
                LogLine(logger, line.IsErrorMessage ? LogLevel.Error : LogLevel.Information, line.LineNumber, line.Content);
            }
        }
    }
}
