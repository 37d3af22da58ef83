using AppHost.FaultLab;
using AppHost.FaultLab.Links;
using AppHost.FaultLab.Servers;
using Microsoft.Extensions.DependencyInjection;

namespace AppHost;

/// <summary>
/// Gives each service its own PostgreSQL role, which owns the service's database and can connect to no other. When AppHost runs the server,
/// it creates role and database once the server is ready. A deployed server creates them itself, by deploy/postgres-databases.sh.
/// </summary>
internal static class DatabaseRoles
{
    /// <summary>Adds a database, and the role that owns it.</summary>
    /// <param name="postgres">The server.</param>
    /// <param name="name">The name of the database and of the resource.</param>
    /// <param name="role">The name of the role.</param>
    public static IResourceBuilder<ServiceAccount> AddDatabase(
        this IResourceBuilder<PostgresServerResource> postgres, string name, string role)
    {
        var builder = postgres.ApplicationBuilder;
        var (host, port) = postgres.AddressForApps(postgres.Resource.PrimaryEndpoint);
        var database = postgres.AddAccount(
            role,
            password => ReferenceExpression.Create($"Host={host};Port={port};Username={role};Password={password};Database={name}"),
            name);

        if (builder.ExecutionContext.IsRunMode)
        {
            database.WithInitialState(new CustomResourceSnapshot { ResourceType = "Database", Properties = [] }).CheckHealth();
            var hasFaultLab = builder.HasFaultLab();
            postgres.CreateWhenReady(async (services, token) =>
            {
                // Tests remove resources.
                if (services.GetRequiredService<DistributedApplicationModel>().Resources.Contains(database.Resource))
                {
                    await CreateAsync(postgres.Resource, database.Resource, token);
                    if (hasFaultLab)
                    {
                        await FullDisk.RemoveAsync(database.Resource, token);
                    }
                }
            });
        }

        return database;
    }

    /// <summary>
    /// Lets a deployed server create the databases and their roles when it starts for the first time. The server runs with this option.
    /// </summary>
    public static void CreateWhenDeployed(
        this IResourceBuilder<PostgresServerResource> postgres, string option, params IResourceBuilder<ServiceAccount>[] databases)
    {
        const string Folder = "/docker-entrypoint-initdb.d";
        var unpack = DeployedFiles.Unpack("postgres-databases.sh", $"{Folder}/databases.sh");
        postgres.WithEntrypoint("/bin/sh")
            .WithArgs("-c", $"mkdir -p {Folder} && {unpack} && exec docker-entrypoint.sh postgres -c {option}");
        foreach (var database in databases)
        {
            postgres.WithEnvironment(database.Resource.PasswordVariable, database.Resource.Password);
        }
    }

    private static void CheckHealth(this IResourceBuilder<ServiceAccount> database)
    {
        var name = $"{database.Resource.Name}_check";
        string? address = null;
        database.ApplicationBuilder.Eventing.Subscribe<ConnectionStringAvailableEvent>(database.Resource, async (_, token) =>
            address = await database.Resource.ConnectionStringExpression.GetValueAsync(token));
        database.ApplicationBuilder.Services.AddHealthChecks().AddNpgSql(
            _ => address ?? throw new InvalidOperationException($"The address of '{database.Resource.Name}' is not known yet."),
            name: name);
        database.WithHealthCheck(name);
    }

    private static async Task CreateAsync(PostgresServerResource postgres, ServiceAccount database, CancellationToken cancellationToken) =>
        await PostgresSetup.RunAsync(
            (await postgres.GetConnectionStringAsync(cancellationToken))!,
            new DatabaseOwner(database.Name, database.UserName, (await database.Password.GetValueAsync(cancellationToken))!),
            cancellationToken);
}
