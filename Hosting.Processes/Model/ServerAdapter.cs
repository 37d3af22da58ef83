using System.Globalization;
using Hosting.Processes.Data;
using Hosting.Processes.Servers;

namespace Hosting.Processes.Model;

/// <summary>Converts the annotations of a container into those of a process.</summary>
internal sealed class ServerAdapter(ServerProcess process, ProcessServerResource resource, ServerFolders folders, bool randomizePorts)
{
    public void Adapt()
    {
        // Aspire treats a resource with an image as a container.
        foreach (var image in resource.Annotations.OfType<ContainerImageAnnotation>().ToArray())
        {
            resource.Annotations.Remove(image);
        }

        // The server listens at the public port without a proxy. Aspire picks a free port if the model names none.
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
        var (run, data) = process.TakesAnyPath
            ? (folders.Run, folders.Data)
            : (PlainPath.Of(folders.Run, LinkName("run")), PlainPath.Of(folders.Data, LinkName("data")));
        environment["ASPIRE_SERVER_NAME"] = resource.Name;
        environment["ASPIRE_SERVER_RUN"] = run;
        environment["ASPIRE_SERVER_RUN_FOLDER"] = folders.Run;
        environment["ASPIRE_SERVER_DATA"] = data;
        environment["ASPIRE_SERVER_KEEP"] = folders.IsKept ? "1" : "";
        environment["ASPIRE_SERVER_USER"] = process.User ?? "";
        environment["ASPIRE_SERVER_LINKS"] = string
            .Join(
                ' ', new[] { (run, folders.Run), (data, folders.Data) }.Where(link => link.Item1 != link.Item2).Select(link => link.Item1));

        // The same values at every start: a changed value would make the orchestrator replace a persistent server that is still running.
        environment["ASPIRE_SERVER_PERSISTENT"] = folders.IsPersistent ? "1" : "";
        environment["ASPIRE_SERVER_OWNER"] = folders.IsPersistent ? "" : Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        process.AddEnvironment(resource, environment, run, data);
    }

    private string LinkName(string kind) => $"{Path.GetFileName(Path.GetDirectoryName(folders.Run))}-{resource.Name}-{kind}";
}
