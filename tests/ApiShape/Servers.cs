using Aspire.Hosting.Postgres;
using Aspire.Hosting.Redis;

namespace ApiShape;

internal static class Servers
{
    public static void Postgres(IDistributedApplicationBuilder builder, IResourceBuilder<ParameterResource> secret)
    {
        IResourceBuilder<PostgresServerResource> server = builder.AddPostgres("postgres");
        IResourceBuilder<PostgresServerResource> own = builder.AddPostgres("postgres-own", userName: secret, password: secret, port: 5432);
        server.WithDataVolume().WithDataVolume("things").WithDataVolume("things", isReadOnly: false);
        own.WithDataBindMount("data").WithDataBindMount("data", isReadOnly: false).WithInitFiles("init").WithHostPort(5433).WithPassword(secret).WithUserName(secret);
        server.WithPgAdmin().WithPgAdmin(page => page.WithHostPort(5050)).WithPgAdmin(configureContainer: null, containerName: "pages")
            .WithPgWeb().WithPgWeb(page => page.WithHostPort(5051), "web").WithLifetime(ContainerLifetime.Persistent);
        IResourceBuilder<PostgresDatabaseResource> database = server.AddDatabase("things");
        IResourceBuilder<PostgresDatabaseResource> renamed = server.AddDatabase("things-2", "Things").WithCreationScript("create database \"Things\"");
        PostgresServerResource resource = server.Resource;
        _ = (resource.PrimaryEndpoint, resource.UserNameParameter, resource.PasswordParameter, resource.UserNameReference, resource.Databases["things"]);
        _ = (resource.Host, resource.Port, resource.ConnectionStringExpression, resource.UriExpression, resource.JdbcConnectionString);
        _ = (database.Resource.Parent, renamed.Resource.DatabaseName, database.Resource.ConnectionStringExpression, database.Resource.UriExpression, database.Resource.JdbcConnectionString);
        _ = (new PgAdminContainerResource("page"), new PgWebContainerResource("page").PrimaryEndpoint);
    }

    public static void RabbitMQ(IDistributedApplicationBuilder builder, IResourceBuilder<ParameterResource> secret)
    {
        IResourceBuilder<RabbitMQServerResource> server = builder.AddRabbitMQ("rabbit");
        IResourceBuilder<RabbitMQServerResource> own = builder.AddRabbitMQ("rabbit-own", userName: secret, password: secret, port: 5672);
        server.WithManagementPlugin().WithDataVolume().WithDataVolume("messages", isReadOnly: false);
        own.WithManagementPlugin(15672).WithDataBindMount("data").WithDataBindMount("data", isReadOnly: false);
        RabbitMQServerResource resource = server.Resource;
        _ = (resource.PrimaryEndpoint, resource.ManagementEndpoint, resource.UserNameParameter, resource.PasswordParameter, resource.UserNameReference);
        _ = (resource.Host, resource.Port, resource.ConnectionStringExpression, resource.UriExpression);
    }

    public static void Redis(IDistributedApplicationBuilder builder, IResourceBuilder<ParameterResource> secret)
    {
        IResourceBuilder<RedisResource> server = builder.AddRedis("redis");
        IResourceBuilder<RedisResource> atAPort = builder.AddRedis("redis-port", 6379);
        IResourceBuilder<RedisResource> own = builder.AddRedis("redis-own", port: null, password: secret);
        server.WithDataVolume().WithDataVolume("keys", isReadOnly: false).WithPersistence().WithPersistence(TimeSpan.FromSeconds(10), keysChangedThreshold: 5);
        atAPort.WithDataBindMount("data").WithDataBindMount("data", isReadOnly: true).WithHostPort(6380).WithPassword(secret).WithPassword(null);
        own.WithModule("/usr/lib/redis/module.so")
            .WithRedisInsight().WithRedisInsight(page => page.WithHostPort(5540).WithDataVolume().WithDataVolume("pages").WithDataBindMount("pages"), "insight")
            .WithRedisCommander().WithRedisCommander(page => page.WithHostPort(8081), "commander");
        RedisResource resource = own.Resource;
        _ = (resource.PrimaryEndpoint, resource.PasswordParameter, resource.TlsEnabled, resource.Host, resource.Port, resource.ConnectionStringExpression, resource.UriExpression);
        _ = (new RedisCommanderResource("page"), new RedisInsightResource("page").PrimaryEndpoint);
    }
}
