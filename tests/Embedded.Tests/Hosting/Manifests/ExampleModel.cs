using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Embedded.Tests.Hosting.Manifests;

/// <summary>A model with something of every kind that a manifest can tell.</summary>
internal static class ExampleModel
{
    public static void Describe(IDistributedApplicationBuilder builder, string project)
    {
        var catalogdb = builder.AddPostgres("postgres").WithDataVolume().WithInitFiles("init").AddDatabase("catalogdb");
        var cache = builder.AddRedis("cache").WithDataVolume().WithModule("/modules/search.so");
        var messaging = builder.AddRabbitMQ("messaging").WithDataVolume().WithManagementPlugin();
        var maps = builder.AddExternalService("maps", "https://maps.example/");
        var pay = builder.AddExternalService("pay", builder.AddParameter("pay-url"));
        var greeting = builder.AddParameter("greeting", "hello", publishValueAsDefault: true);

        var catalog = builder.AddProject("catalog-api", project).WithReference(catalogdb).WithReference(cache).WithReference(maps)
            .WithHttpEndpoint(port: 9100, name: "metrics").WithHttpEndpoint(name: "admin", env: "ADMIN_PORT");
        builder.AddProject("orderprocessor", project, launchProfileName: null).WithReference(messaging).WithReference(pay).WithEnvironment("MAPS", maps);
        builder.AddProject("frontend", project).WithReference(catalog).WithExternalHttpEndpoints();
        builder.AddProject("packed", project).WithArgs("--local").PublishAsDockerFile(container => container.WithBuildArg("GREETING", greeting));

        builder.AddContainer("mail", "mail.example:5000/mailpit:1.2").WithHttpEndpoint(port: 8025, targetPort: 80).WithEndpoint(targetPort: 25, name: "smtp")
            .WithVolume("letters", "/letters").WithBindMount("files", "/files", isReadOnly: true);
        builder.AddContainer("built", "built").WithDockerfile("image", stage: "final").WithBuildArg("DEBUG", true);
        builder.AddConnectionString("elsewhere");
        builder.AddConnectionString("made", ReferenceExpression.Create($"Host={maps.Resource.Name};Text={greeting}"));
        builder.AddExecutable("tool", "tool", ".", "--now").WithHttpEndpoint(name: "web", env: "PORT").WithReference(catalog.GetEndpoint("metrics"));
        builder.AddPostgres("scratch").WithPgAdmin().WithPgWeb().ExcludeFromManifest();
        builder.AddRedis("session", password: builder.AddParameter("session-key", secret: true)).WithRedisInsight().WithRedisCommander()
            .WithPersistence(TimeSpan.FromSeconds(5), keysChangedThreshold: 9);
    }
}
