using Hosting.Processes.Installation;
using Hosting.Processes.Model;

namespace Hosting.Processes.Servers;

internal sealed class RedisProcess(RedisResource server) : ServerProcess
{
    public override ServerPackage Package => ServerPackage.Redis;

    public override string Script => "redis";

    public override string DataTarget => "/data";

    public override DefaultImage? Image => DefaultImage.Read(typeof(RedisResource).Assembly.GetType("Aspire.Hosting.Redis.RedisContainerImageTags"));

    protected override string[] Users => ["redis", "valkey", "nobody"];

    // Aspire's arguments are those of the image's shell: redis-server --requirepass $REDIS_PASSWORD …
    public override void Adapt(IResource resource) => resource.Annotations.Add(new CommandLineArgsCallbackAnnotation(arguments =>
    {
        if (arguments.IndexOf("--requirepass") is >= 0 and var at)
        {
            arguments.RemoveAt(at + 1);
            arguments.RemoveAt(at);
        }
    }));

    public override void AddEnvironment(ProcessServerResource process, Dictionary<string, object> environment, string folder, string data)
    {
        environment["ASPIRE_SERVER_BIN"] = Locate();
        environment["ASPIRE_SERVER_PORT"] = PortOf(process, server.PrimaryEndpoint.EndpointName);
    }
}
