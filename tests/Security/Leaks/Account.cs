using Npgsql;
using RabbitMQ.Client;
using StackExchange.Redis;

namespace Security.Leaks;

/// <summary>The connection strings in the environment of a service.</summary>
internal sealed class Account(IReadOnlyDictionary<string, string> environment)
{
    private const string Prefix = "ConnectionStrings__";

    /// <summary>The names of the connection strings.</summary>
    public IEnumerable<string> Connections =>
        environment.Keys.Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Select(name => name[Prefix.Length..]);

    public bool Has(string connection) => environment.ContainsKey(Prefix + connection);

    public string this[string connection] => environment[Prefix + connection];

    /// <summary>The account's own credentials for PostgreSQL, with another database.</summary>
    public string Postgres(string own, string database) =>
        new NpgsqlConnectionStringBuilder(this[own]) { Database = database, Pooling = false }.ConnectionString;

    public Task<IConnection> ConnectToBrokerAsync(CancellationToken cancellationToken) =>
        new ConnectionFactory { Uri = new Uri(this["messaging"]), AutomaticRecoveryEnabled = false }
            .CreateConnectionAsync(cancellationToken);

    /// <summary>The account's own credentials for Redis, at this address.</summary>
    public ConfigurationOptions Redis(string own, string? address = null)
    {
        var options = ConfigurationOptions.Parse(this[own]);
        (options.AbortOnConnectFail, options.ConnectRetry, options.AllowAdmin) = (true, 0, true);
        if (address is not null)
        {
            options.EndPoints.Clear();
            options.EndPoints.Add(address);
        }

        return options;
    }
}
