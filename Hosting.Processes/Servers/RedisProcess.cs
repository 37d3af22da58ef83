using Hosting.Processes.Installation;
using Hosting.Processes.Model;

namespace Hosting.Processes.Servers;

internal sealed class RedisProcess(RedisResource server) : ServerProcess
{
    public override ServerPackage Package => ServerPackage.Redis;

    public override string Script => "redis";

    public override string DataTarget => "/data";

    public override DefaultImage? Image =>
        DefaultImage.Read(typeof(RedisResource).Assembly.GetType("Aspire.Hosting.Redis.RedisContainerImageTags"));

    protected override string[] Users => ["redis", "valkey", "nobody"];

    public override void Adapt(IResource resource) => resource.Annotations.Add(new CommandLineArgsCallbackAnnotation(arguments =>
    {
        RemovePassword(arguments);
        UseListeningPorts(arguments, (ProcessServerResource)resource);
    }));

    public override void AddEnvironment(ProcessServerResource process, Dictionary<string, object> environment, string folder, string data)
    {
        environment["ASPIRE_SERVER_BIN"] = Locate();
        environment["ASPIRE_SERVER_PORT"] = PortOf(process, server.PrimaryEndpoint.EndpointName);
    }

    // Aspire's arguments are written for the shell in the image: redis-server --requirepass $REDIS_PASSWORD …
    private static void RemovePassword(IList<object> arguments)
    {
        if (arguments.IndexOf("--requirepass") is >= 0 and var at)
        {
            arguments.RemoveAt(at + 1);
            arguments.RemoveAt(at);
        }
    }

    // With a certificate, Aspire adds --tls-port and --port with the public ports. Those are known only after the process is created, which
    // needs its arguments: the start would wait for itself. The ports to listen at are known earlier.
    private static void UseListeningPorts(IList<object> arguments, ProcessServerResource process)
    {
        for (var i = 1; i < arguments.Count; i++)
        {
            if (arguments[i] is EndpointReferenceExpression { Property: EndpointProperty.Port } port
                && port.Endpoint.Resource.Name == process.Name)
            {
                arguments[i] = PortOf(process, port.Endpoint.EndpointName);
            }
        }
    }
}
