using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace Embedded.Tests.Hosting;

/// <summary>What the resources of the three servers say of themselves; that the servers do it is for ServersTests and VolumeTests.</summary>
public sealed class ServerResourceTests
{
    private const string Address = "{server.bindings.tcp.host}:{server.bindings.tcp.port}";
    private const string Postgres = "Host={server.bindings.tcp.host};Port={server.bindings.tcp.port}";

    [Fact]
    public void Postgres_WithUserAndPassword_NamesBothInEveryForm()
    {
        using var builder = DistributedApplicationTestingBuilder.Create();
        var plain = builder.AddPostgres("plain").Resource;
        var server = builder.AddPostgres("server", port: 5432)
            .WithUserName(builder.AddParameter("user")).WithPassword(builder.AddParameter("key", secret: true)).WithHostPort(5433);
        var resource = server.Resource;
        var database = server.AddDatabase("things", "Things").Resource;

        Assert.Equal($"{Postgres};Username={{user.value}};Password={{key.value}}", resource.ConnectionStringExpression.ValueExpression);
        Assert.Equal($"postgresql://{{user-uri-encoded.value}}:{{key-uri-encoded.value}}@{Address}", resource.UriExpression.ValueExpression);
        Assert.Equal($"jdbc:postgresql://{Address}", resource.JdbcConnectionString.ValueExpression);
        Assert.Equal(("{server.bindings.tcp.host}", "{server.bindings.tcp.port}"), (resource.Host.ValueExpression, resource.Port.ValueExpression));
        Assert.Equal(("user", "key"), (resource.UserNameParameter?.Name, resource.PasswordParameter.Name));
        Assert.Equal((null, "postgres"), (plain.UserNameParameter, plain.UserNameReference.ValueExpression));
        Assert.Equal((5433, 5432), (resource.PrimaryEndpoint.EndpointAnnotation.Port, resource.PrimaryEndpoint.TargetPort));
        Assert.Equal("Things", resource.Databases["things"]);
        Assert.Equal((resource, "Things"), (database.Parent, database.DatabaseName));
        Assert.Equal("{server.connectionString};Database=Things", database.ConnectionStringExpression.ValueExpression);
        Assert.EndsWith($"@{Address}/Things", database.UriExpression.ValueExpression, StringComparison.Ordinal);
        Assert.Equal($"jdbc:postgresql://{Address}/Things", database.JdbcConnectionString.ValueExpression);
    }

    [Fact]
    public void Postgres_AddedByHand_IsTheSame()
    {
        using var builder = DistributedApplicationTestingBuilder.Create();
        var (user, password) = (builder.AddParameter("user").Resource, builder.AddParameter("key", secret: true).Resource);
        var server = builder.AddResource(new PostgresServerResource("server", userName: null, user) { UserNameParameter = user, PasswordParameter = password });
        IResourceWithConnectionString database = new PostgresDatabaseResource("things", "things", server.WithEndpoint(name: "tcp").Resource);

        Assert.Equal($"{Postgres};Username={{user.value}};Password={{key.value}}", server.Resource.ConnectionStringExpression.ValueExpression);
        Assert.Equal(
            ["Host", "Port", "Username", "Password", "Uri", "JdbcConnectionString", "DatabaseName"],
            database.GetConnectionProperties().Select(property => property.Key));
        Assert.Throws<ArgumentException>(() => new PostgresDatabaseResource("unnamed", "", server.Resource));
    }

    [Fact]
    public void RabbitMQ_WithUserAndPassword_NamesBothInEveryForm()
    {
        using var builder = DistributedApplicationTestingBuilder.Create();
        var (user, password) = (builder.AddParameter("user"), builder.AddParameter("key", secret: true));
        var server = builder.AddRabbitMQ("server", user, password).WithManagementPlugin(15673).WithDataBindMount("/messages");
        var resource = server.Resource;
        var byHand = new RabbitMQServerResource("by-hand", userName: null, password.Resource);

        Assert.Equal($"amqp://{{user-uri-encoded.value}}:{{key-uri-encoded.value}}@{Address}", resource.UriExpression.ValueExpression);
        Assert.Equal(resource.UriExpression.ValueExpression, resource.ConnectionStringExpression.ValueExpression);
        Assert.Equal(("{server.bindings.tcp.host}", "{server.bindings.tcp.port}"), (resource.Host.ValueExpression, resource.Port.ValueExpression));
        Assert.Equal((user.Resource, "{user.value}"), (resource.UserNameParameter, resource.UserNameReference.ValueExpression));
        Assert.Equal((15673, 5672), (resource.ManagementEndpoint.EndpointAnnotation.Port, resource.PrimaryEndpoint.TargetPort));
        Assert.Equal(("/messages", "/var/lib/rabbitmq"), MountOf(resource));
        Assert.Equal((null, "guest"), (byHand.UserNameParameter, byHand.UserNameReference.ValueExpression));
        Assert.StartsWith("amqp://guest:{key-uri-encoded.value}@", byHand.UriExpression.ValueExpression, StringComparison.Ordinal);
    }

    [Fact]
    public void RabbitMQ_ManagementPlugin_OnAnUnknownImage_IsRefused()
    {
        using var builder = DistributedApplicationTestingBuilder.Create();

        Assert.Throws<DistributedApplicationException>(() => builder.AddRabbitMQ("server").WithImage("own/rabbit").WithManagementPlugin(null));
    }

    [Fact]
    public void Redis_WithAndWithoutPassword_NamesWhatItHas()
    {
        using var builder = DistributedApplicationTestingBuilder.Create();
        var password = builder.AddParameter("key", secret: true);
        var server = builder.AddRedis("server").WithPassword(password).WithHostPort(6380).WithDataBindMount("/keys");
        var open = builder.AddRedis("open", 6379).WithPassword(null).Resource;
        var resource = server.Resource;

        Assert.StartsWith($"{Address},password={{key.value}}{{cond-server-", resource.ConnectionStringExpression.ValueExpression, StringComparison.Ordinal);
        Assert.Equal($"{{server.bindings.tcp.scheme}}://:{{key-uri-encoded.value}}@{Address}", resource.UriExpression.ValueExpression);
        Assert.Equal(("{server.bindings.tcp.host}", "{server.bindings.tcp.port}"), (resource.Host.ValueExpression, resource.Port.ValueExpression));
        Assert.Equal((6380, 6379, false), (resource.PrimaryEndpoint.EndpointAnnotation.Port, resource.PrimaryEndpoint.TargetPort, resource.TlsEnabled));
        Assert.Equal(("/keys", "/data"), MountOf(resource));
        Assert.DoesNotContain("password", open.ConnectionStringExpression.ValueExpression, StringComparison.Ordinal);
        Assert.Null(open.PasswordParameter);
        Assert.Equal(password.Resource, new RedisResource("by-hand", password.Resource).PasswordParameter);
        Assert.Null(new RedisResource("by-hand").PasswordParameter);
    }

    private static (string? Source, string Target) MountOf(IResource resource)
    {
        var mount = resource.Annotations.OfType<ContainerMountAnnotation>().Single();
        return (mount.Source, mount.Target);
    }
}
