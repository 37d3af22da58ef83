using Aspire.Hosting.Testing;

namespace Hosting.Processes.Tests.Members;

public sealed class UnsupportedTests
{
    [Fact]
    public async Task SettingsOfAnImage_AreRefusedInOneMessage_WithTheirValues()
    {
        var fault = await Assert.ThrowsAsync<DistributedApplicationException>(() => Application.StartAsync(builder =>
        {
            builder.AddPostgres("database")
                .WithImageTag("14")
                .WithBindMount("/tmp", "/etc/postgresql")
                .WithVolume("more", "/more")
                .WithEnvironment("POSTGRES_HOST_AUTH_METHOD", "trust")
                .WithEnvironment("POSTGRES_INITDB_WALDIR", builder.AddParameter("wal", "/wal"))
                .WithEnvironment(NotKnownYet)
                .RunAsProcess();
            builder.AddRabbitMQ("broker")
                .WithImage("own/broker")
                .WithContainerRuntimeArgs("--memory", "1g")
                .WithEnvironment("RABBITMQ_CONFIG_FILE", "/etc/own.conf")
                .RunAsProcess();
            builder.AddRedis("store")
                .WithImageSHA256("0123")
                .WithContainerFiles("/opt/files", "/tmp")
                .WithEntrypoint("/bin/other")
                .RunAsProcess();
            builder.AddRedis("built").WithDockerfile("/tmp").RunAsProcess();
            builder.AddRedis("read").WithDataVolume("read", isReadOnly: true).RunAsProcess();
        }));

        Assert.All(
            (string[])
            [
                "'database' has WithImageTag(\"14\")", "'database' has WithBindMount(\"/tmp\", \"/etc/postgresql\")",
                "'database' has WithVolume(\"more\", \"/more\")",
                "'database' has WithEnvironment(\"POSTGRES_HOST_AUTH_METHOD\", \"trust\")",
                "'database' has WithEnvironment(\"POSTGRES_INITDB_WALDIR\", …)",
                "'broker' has WithEnvironment(\"RABBITMQ_CONFIG_FILE\", \"/etc/own.conf\")",
                "'broker' has WithImage(\"own/broker\")", "'broker' has WithContainerRuntimeArgs(…)",
                "'store' has WithImageSHA256(\"0123\")", "'store' has WithContainerFiles(\"/opt/files\", …)",
                "'store' has WithEntrypoint(\"/bin/other\")",
                "'built' has WithDockerfile(…)", "'read' has WithVolume(\"read\", \"/data\", isReadOnly: true)",
            ],
            expected => Assert.Contains(expected, fault.Message, StringComparison.Ordinal));
        Assert.DoesNotContain("library/redis", fault.Message, StringComparison.Ordinal);

        static void NotKnownYet(EnvironmentCallbackContext context) => throw new InvalidOperationException("The port is not known yet.");
    }

    [Fact]
    public async Task ServersWithDefaultSettings_AreAccepted()
    {
        await using var app = await Application.StartAsync(builder =>
        {
            builder.AddPostgres("database").RunAsProcess().WithExplicitStart();
            builder.AddRabbitMQ("broker").WithManagementPlugin().RunAsProcess().WithExplicitStart();
            builder.AddRedis("store").RunAsProcess().WithExplicitStart();
        });

        Assert.Equal("Executable", app.Snapshot("broker").ResourceType);
    }

    [Fact]
    public async Task Manifest_WithAndWithoutProcesses_IsTheSame()
    {
        Assert.Equal(await PublishAsync(asProcesses: false), await PublishAsync(asProcesses: true));

        static async Task<string> PublishAsync(bool asProcesses)
        {
            using var folder = new TemporaryFolder();
            var manifest = Path.Combine(folder.Path, "manifest.json");
            await using var builder = DistributedApplicationTestingBuilder.Create("--publisher", "manifest", "--output-path", manifest);
            var database = builder.AddPostgres("database").WithDataVolume("kept");
            var broker = builder.AddRabbitMQ("broker").WithManagementPlugin();
            var store = builder.AddRedis("store").WithImageTag("7.4");
            if (asProcesses)
            {
                database.RunAsProcess();
                broker.RunAsProcess();
                store.RunAsProcess();
                builder.RunServersAsProcesses();
                builder.RunServersAsProcessesWithoutContainers().RunProjectsFromBuildOutput();
            }

            await using var app = await builder.BuildAsync(Application.Deadline);
            await app.RunAsync(Application.Deadline);
            return await File.ReadAllTextAsync(manifest, Application.Deadline);
        }
    }
}
