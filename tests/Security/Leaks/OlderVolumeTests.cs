using AppHost;
using Npgsql;

namespace Security.Leaks;

/// <summary>In the data of an older version the administrator owns every database, and every role may connect.</summary>
public sealed class OlderVolumeTests(RunningShop shop)
{
    private const string Database = "olderdb";
    private const string Role = "older";
    private const string Password = "Of-an-older-volume-1";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DatabaseOfTheAdministrator_BelongsToTheRoleAfterwards_WithAllThatIsInIt()
    {
        var server = (await shop.ConnectionStringOfAsync("postgres", Stop))!;
        await ExecuteAsync($"{server};Database=postgres", $"create database {Database}");
        await ExecuteAsync(
            $"{server};Database={Database}",
            """
            create extension pg_trgm;
            create schema messaging;
            create table messaging.outbox (id bigint generated always as identity primary key, body text);
            create table products (id serial primary key, name text);
            create view names as select name from products;
            create materialized view counts as select count(*) from products;
            create sequence numbers;
            create function twice(n int) returns int language sql as 'select 2 * n';
            insert into products (name) values ('Lamp');
            """);

        // Twice, as at the second start.
        await PostgresSetup.RunAsync(server, new DatabaseOwner(Database, Role, "replaced"), Stop);
        await PostgresSetup.RunAsync(server, new DatabaseOwner(Database, Role, Password), Stop);

        var own = new NpgsqlConnectionStringBuilder(server)
        {
            Database = Database, Username = Role, Password = Password, Pooling = false,
        }.ConnectionString;
        await ExecuteAsync(
            own,
            """
            alter table products add price numeric;
            insert into products (name) values ('Chair');
            insert into messaging.outbox (body) values ('{}');
            create or replace view names as select upper(name) as name from products;
            refresh materialized view counts;
            alter sequence numbers restart;
            create or replace function twice(n int) returns int language sql as 'select n + n';
            create table messaging.inbox (id uuid primary key);
            drop schema messaging cascade;
            create index on products using gin (name gin_trgm_ops);
            """);
        var stranger = new NpgsqlConnectionStringBuilder(new Account(shop.EnvironmentOf("catalog-api"))["catalogdb"])
        {
            Database = Database, Pooling = false,
        };
        var refused = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(stranger.ConnectionString, "select 1"));
        Assert.Equal("42501", refused.SqlState);
    }

    private static async Task ExecuteAsync(string connectionString, string statements)
    {
        await using var connection = new NpgsqlConnection($"{connectionString};Pooling=false");
        await connection.OpenAsync(Stop);
        await using var command = new NpgsqlCommand(statements, connection);
        await command.ExecuteNonQueryAsync(Stop);
    }
}
