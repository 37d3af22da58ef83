using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Embedded.Tests.Clients;

internal static class Hosts
{
    public static HostApplicationBuilder Create(params (string Key, string? Value)[] configuration)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = Environments.Development });
        builder.Configuration.AddInMemoryCollection(configuration.Select(entry => KeyValuePair.Create(entry.Key, entry.Value)));
        return builder;
    }

    public static async Task<HealthReport> HealthAsync(this IHost host, CancellationToken cancellationToken) =>
        await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(cancellationToken);

    public static IEnumerable<string> HealthNames(this HostApplicationBuilder builder)
    {
        using var host = builder.Build();
        return [.. host.Services.GetService<Microsoft.Extensions.Options.IOptions<HealthCheckServiceOptions>>()?.Value.Registrations
            .Select(registration => registration.Name) ?? []];
    }
}
