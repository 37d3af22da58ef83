using Aspire.Hosting;

namespace EngineProbe;

/// <summary>Starts all three servers and says when each is healthy; ends only by a signal.</summary>
internal static class KillableAppHost
{
    public static void Run(string[] args)
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            Args = args,
            AssemblyName = "EngineProbe",
            DisableDashboard = true,
            ProjectDirectory = Directory.GetCurrentDirectory(),
        });
        var volume = builder.Configuration["Volume"]!;
        builder.AddPostgres("database").WithDataVolume($"{volume}-postgres").AddDatabase("things");
        builder.AddRabbitMQ("broker").WithDataVolume($"{volume}-rabbitmq");
        builder.AddRedis("store").WithDataVolume($"{volume}-redis").WithArgs("--appendonly", "yes", "--appendfsync", "always");

        // A process that starts others which do not end with it.
        builder.AddExecutable("parent", "sh", ".", "-c", "sleep 1000 & sleep 1000");
        builder.Build().Run();
    }
}
