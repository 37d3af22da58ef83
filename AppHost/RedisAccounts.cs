using AppHost.FaultLab.Links;
using StackExchange.Redis;

namespace AppHost;

/// <summary>
/// Gives a service its own Redis account, which reads and writes all keys but does not administrate the server. When AppHost runs the
/// server, it creates the account once the server is ready. A deployed server gets it in its command.
/// </summary>
internal static class RedisAccounts
{
    private static readonly string[] Rights = ["~*", "&*", "+@all", "-@admin", "-@dangerous", "+info"];

    /// <summary>Adds an account.</summary>
    /// <param name="redis">The server.</param>
    /// <param name="service">The service, and the name of its account.</param>
    public static IResourceBuilder<ServiceAccount> AddAccount(this IResourceBuilder<RedisResource> redis, string service)
    {
        var address = redis.AddressForApps(redis.Resource.PrimaryEndpoint);
        var account = redis.AddAccount(service, password => ReferenceExpression.Create(
            $"{address.Host}:{address.Port},user={service},password={password}"));

        if (redis.ApplicationBuilder.ExecutionContext.IsPublishMode)
        {
            var variable = account.Resource.PasswordVariable;
            redis.WithEnvironment(variable, account.Resource.Password)
                .WithSettings("--user", service, "on", $"\">${variable}\"", $"'{string.Join("' '", Rights)}'");
        }
        else
        {
            redis.CreateWhenReady((_, token) => CreateAsync(redis.Resource, account.Resource, token));
        }

        return account;
    }

    /// <summary>
    /// Adds arguments of <c>redis-server</c>. They are a list when Aspire runs the server, and one shell command in the manifest.
    /// </summary>
    public static IResourceBuilder<RedisResource> WithSettings(this IResourceBuilder<RedisResource> redis, params string[] arguments) =>
        redis.WithArgs(context =>
        {
            if (context.ExecutionContext.IsRunMode)
            {
                foreach (var argument in arguments)
                {
                    context.Args.Add(argument);
                }
            }
            else
            {
                context.Args[^1] = $"{context.Args[^1]} {string.Join(' ', arguments)}";
            }
        });

    private static async Task CreateAsync(RedisResource redis, ServiceAccount account, CancellationToken cancellationToken)
    {
        var password = await account.Password.GetValueAsync(cancellationToken);
        await using var connection = await ConnectionMultiplexer.ConnectAsync((await redis.GetConnectionStringAsync(cancellationToken))!);
        await connection.GetDatabase().ExecuteAsync("ACL", ["SETUSER", account.UserName, "reset", "on", $">{password}", .. Rights]);
    }
}
