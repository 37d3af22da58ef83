using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Npgsql.EntityFrameworkCore.PostgreSQL;

namespace Embedded.Tests.Clients;

public sealed class NpgsqlDbContextTests(ClientServers servers)
{
    private const string Section = "Aspire:Npgsql:EntityFrameworkCore:PostgreSQL";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Context_OnADatabase_WorksWithRetriesAndHealth()
    {
        var builder = Hosts.Create(("ConnectionStrings:catalogdb", await servers.Servers.CreateDatabaseAsync(Stop)));
        builder.AddNpgsqlDbContext<NotesContext>("catalogdb");
        using var host = builder.Build();
        using var scope = host.Services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<NotesContext>();

        await db.Database.EnsureCreatedAsync(Stop);
        db.Notes.Add(new Note { Text = "kept" });
        await db.SaveChangesAsync(Stop);

        Assert.Equal("kept", (await db.Notes.SingleAsync(Stop)).Text);
        Assert.True(db.Database.CreateExecutionStrategy().RetriesOnFailure);
        Assert.Equal(HealthStatus.Healthy, (await host.HealthAsync(Stop)).Entries[nameof(NotesContext)].Status);
    }

    [Fact]
    public void Settings_LaterSource_Wins()
    {
        var builder = Hosts.Create(
            ($"{Section}:CommandTimeout", "1"),
            ($"{Section}:ConnectionString", "Host=section"),
            ($"{Section}:catalogdb:CommandTimeout", "2"),
            ($"{Section}:NotesContext:CommandTimeout", "3"),
            ("ConnectionStrings:catalogdb", "Host=wins"));
        builder.AddNpgsqlDbContext<NotesContext>("catalogdb", settings => settings.DisableRetry = true);
        using var host = builder.Build();
        using var scope = host.Services.CreateScope();
        var database = scope.ServiceProvider.GetRequiredService<NotesContext>().Database;

        Assert.Equal(("Host=wins", 3, false), (database.GetConnectionString(), database.GetCommandTimeout(), database.CreateExecutionStrategy().RetriesOnFailure));
    }

    [Fact]
    public void Context_WithoutAddress_NamesTheSettingWhenUsed()
    {
        var builder = Hosts.Create();
        builder.AddNpgsqlDbContext<NotesContext>("catalogdb");
        using var host = builder.Build();
        using var scope = host.Services.CreateScope();

        var fault = Assert.Throws<InvalidOperationException>(() => scope.ServiceProvider.GetRequiredService<NotesContext>());

        Assert.Contains("ConnectionStrings:catalogdb", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Context_RegisteredAlready_IsRefusedInDevelopment()
    {
        var builder = Hosts.Create();
        builder.Services.AddDbContext<NotesContext>();

        Assert.Throws<InvalidOperationException>(() => builder.AddNpgsqlDbContext<NotesContext>("catalogdb"));
    }

    [Fact]
    public void Settings_HealthOff_LeavesOutTheCheck()
    {
        var builder = Hosts.Create();
        builder.AddNpgsqlDbContext<NotesContext>("catalogdb", settings => settings.DisableHealthChecks = true);

        Assert.Empty(builder.HealthNames());
    }

    [Fact]
    public void Enrich_OwnContext_GainsRetryTimeoutAndHealth()
    {
        var builder = Hosts.Create();
        builder.Services.AddDbContextPool<NotesContext>(options => options.UseNpgsql("Host=own"));
        builder.EnrichNpgsqlDbContext<NotesContext>(settings => settings.CommandTimeout = 7);
        using var host = builder.Build();
        using var scope = host.Services.CreateScope();
        var database = scope.ServiceProvider.GetRequiredService<NotesContext>().Database;

        Assert.Equal(("Host=own", 7, true), (database.GetConnectionString(), database.GetCommandTimeout(), database.CreateExecutionStrategy().RetriesOnFailure));
    }

    [Fact]
    public void Enrich_OwnRetryStrategy_IsKept()
    {
        var builder = Hosts.Create();
        builder.Services.AddDbContextPool<NotesContext>(options =>
            options.UseNpgsql("Host=own", npgsql => npgsql.ExecutionStrategy(dependencies => new OwnStrategy(dependencies))));
        builder.EnrichNpgsqlDbContext<NotesContext>();
        using var host = builder.Build();
        using var scope = host.Services.CreateScope();

        Assert.IsType<OwnStrategy>(scope.ServiceProvider.GetRequiredService<NotesContext>().Database.CreateExecutionStrategy());
    }

    [Fact]
    public void Enrich_OtherTimeout_IsAContradiction()
    {
        var builder = Hosts.Create();
        builder.Services.AddDbContextPool<NotesContext>(options => options.UseNpgsql("Host=own", npgsql => npgsql.CommandTimeout(5)));
        builder.EnrichNpgsqlDbContext<NotesContext>(settings => settings.CommandTimeout = 7);
        using var host = builder.Build();
        using var scope = host.Services.CreateScope();

        Assert.Throws<InvalidOperationException>(() => scope.ServiceProvider.GetRequiredService<NotesContext>());
    }

    [Fact]
    public void Enrich_UnknownContext_IsRefused() =>
        Assert.Throws<InvalidOperationException>(() => Hosts.Create().EnrichNpgsqlDbContext<NotesContext>());

    private sealed class NotesContext(DbContextOptions<NotesContext> options) : DbContext(options)
    {
        public DbSet<Note> Notes => Set<Note>();
    }

    private sealed class Note
    {
        public int Id { get; init; }
        public required string Text { get; init; }
    }

    private sealed class OwnStrategy(ExecutionStrategyDependencies dependencies) : NpgsqlRetryingExecutionStrategy(dependencies);
}
