using Aspire.Npgsql;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Npgsql;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Embedded.Tests.Clients;

public sealed class NpgsqlDataSourceTests(ClientServers servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DataSource_OnADatabase_AnswersAndIsHealthy()
    {
        var builder = Hosts.Create(("ConnectionStrings:things", await servers.Servers.CreateDatabaseAsync(Stop)));
        builder.AddNpgsqlDataSource("things", configureDataSourceBuilder: source => source.ConnectionStringBuilder.ApplicationName = "changed");
        using var host = builder.Build();

        await using var command = host.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("select current_setting('application_name')");

        Assert.Equal("changed", await command.ExecuteScalarAsync(Stop));
        Assert.Equal(HealthStatus.Healthy, (await host.HealthAsync(Stop)).Entries["PostgreSql"].Status);
    }

    [Fact]
    public async Task DataSource_NoServer_IsUnhealthyNotAnException()
    {
        var builder = Hosts.Create(("ConnectionStrings:things", "Host=127.0.0.1;Port=1;Username=nobody"));
        builder.AddKeyedNpgsqlDataSource("things");
        using var host = builder.Build();

        Assert.Equal(HealthStatus.Unhealthy, (await host.HealthAsync(Stop)).Entries["PostgreSql_things"].Status);
    }

    [Fact]
    public void Settings_LaterSource_Wins()
    {
        NpgsqlSettings? read = null;
        var builder = Hosts.Create(
            ("Aspire:Npgsql:ConnectionString", "Host=section"),
            ("Aspire:Npgsql:DisableTracing", "true"),
            ("Aspire:Npgsql:things:ConnectionString", "Host=named"),
            ("Aspire:Npgsql:things:DisableMetrics", "true"),
            ("ConnectionStrings:things", "Host=wins"));

        builder.AddNpgsqlDataSource("things", settings => (read, settings.DisableHealthChecks) = (settings, true));

        Assert.Equal(("Host=wins", true, true, true), (read!.ConnectionString, read.DisableTracing, read.DisableMetrics, read.DisableHealthChecks));
        using var host = builder.Build();
        Assert.Null(host.Services.GetService<HealthCheckService>());
        Assert.Null(host.Services.GetService<TracerProvider>());
        Assert.Null(host.Services.GetService<MeterProvider>());
    }

    [Fact]
    public void DataSource_WithoutAddress_NamesTheSettingWhenUsed()
    {
        var builder = Hosts.Create();
        builder.AddNpgsqlDataSource("things");
        using var host = builder.Build();

        var fault = Assert.Throws<InvalidOperationException>(() => host.Services.GetRequiredService<NpgsqlDataSource>());

        Assert.Contains("ConnectionStrings:things", fault.Message, StringComparison.Ordinal);
    }
}
