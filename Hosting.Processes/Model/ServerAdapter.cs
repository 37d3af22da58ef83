using System.Globalization;
using Hosting.Processes.Data;
using Hosting.Processes.Servers;

namespace Hosting.Processes.Model;

/// <summary>Changes the annotations of a server from those of a container to those of a process.</summary>
internal sealed class ServerAdapter(ServerProcess process, ProcessServerResource resource, ServerFolders folders, bool randomizePorts)
{
    public void Adapt()
    {
        // Aspire takes what has an image for a container.
        foreach (var image in resource.Annotations.OfType<ContainerImageAnnotation>().ToArray())
        {
            resource.Annotations.Remove(image);
        }

        // The server itself listens at the public port: no proxy in between. Aspire finds a free port where none is named.
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
        {
            var port = randomizePorts ? null : endpoint.Port;
            endpoint.IsProxied = false;
            endpoint.TargetPort = endpoint.Port = port;
        }

        process.Adapt(resource);
        resource.Annotations.Add(new EnvironmentCallbackAnnotation(context => AddEnvironment(context.EnvironmentVariables)));
    }

    private void AddEnvironment(Dictionary<string, object> environment)
    {
        var (run, data) = process.TakesAnyPath ? (folders.Run, folders.Data) : (PlainPath.Of(folders.Run, LinkName("run")), PlainPath.Of(folders.Data, LinkName("data")));
        environment["ASPIRE_SERVER_NAME"] = resource.Name;
        environment["ASPIRE_SERVER_RUN"] = run;
        environment["ASPIRE_SERVER_RUN_FOLDER"] = folders.Run;
        environment["ASPIRE_SERVER_DATA"] = data;
        environment["ASPIRE_SERVER_KEEP"] = folders.IsKept ? "1" : "";
        environment["ASPIRE_SERVER_USER"] = process.User ?? "";
        environment["ASPIRE_SERVER_LINKS"] = string.Join(' ', new[] { (run, folders.Run), (data, folders.Data) }.Where(link => link.Item1 != link.Item2).Select(link => link.Item1));

        // Other values at the next start would make the orchestrator replace a server that still runs.
        environment["ASPIRE_SERVER_PERSISTENT"] = folders.IsPersistent ? "1" : "";
        environment["ASPIRE_SERVER_OWNER"] = folders.IsPersistent ? "" : Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        process.AddEnvironment(resource, environment, run, data);
    }

    private string LinkName(string kind) => $"{Path.GetFileName(Path.GetDirectoryName(folders.Run))}-{resource.Name}-{kind}";
}
