using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hosting.Processes.Data;
using Hosting.Processes.Installation;
using Hosting.Processes.Model;

namespace Hosting.Processes.Servers;

internal sealed class RabbitMQProcess(RabbitMQServerResource server) : ServerProcess
{
    private const string Distribution = "dist";
    private const string PortMapper = "epmd";
    private const string Management = "management";

    /// <summary>Variables that the script sets itself.</summary>
    private static readonly string[] Ignored =
    [
        "ERL_EPMD_ADDRESS", "ERL_EPMD_PORT", "RABBITMQ_CONFIG_FILE", "RABBITMQ_CONF_ENV_FILE", "RABBITMQ_DIST_PORT",
        "RABBITMQ_ENABLED_PLUGINS_FILE", "RABBITMQ_GENERATED_CONFIG_DIR", "RABBITMQ_LOG_BASE", "RABBITMQ_MNESIA_BASE", "RABBITMQ_PID_FILE",
    ];

    public override ServerPackage Package => ServerPackage.RabbitMQ;

    public override string Script => "rabbitmq";

    public override string DataTarget => "/var/lib/rabbitmq";

    public override DefaultImage? Image =>
        DefaultImage.Read(typeof(RabbitMQServerResource).Assembly.GetType("Aspire.Hosting.RabbitMQ.RabbitMQContainerImageTags"));

    public override bool TakesAnyPath => false;

    public override bool Obeys(string variable, object value) => !Ignored.Contains(variable);

    protected override string[] Users => ["rabbitmq", "nobody"];

    private bool HasManagement => server.Annotations.OfType<EndpointAnnotation>().Any(endpoint => endpoint.Name == Management);

    // Erlang listens at two more ports. As endpoints of the resource, they get free ports from Aspire.
    public override void Adapt(IResource resource)
    {
        foreach (var name in (string[])[Distribution, PortMapper])
        {
            resource.Annotations.Add(new EndpointAnnotation(ProtocolType.Tcp, name: name, isProxied: false));
            resource.Annotations.Add(new ResourceUrlsCallbackAnnotation(context =>
            {
                foreach (var url in context.Urls.Where(url => url.Endpoint?.EndpointName == name))
                {
                    url.DisplayLocation = UrlDisplayLocation.DetailsOnly;
                }
            }));
        }
    }

    // The definitions set the user's password to that of this run, even if a volume has data with another one.
    public override async Task WriteFilesAsync(
        ProcessServerResource process, string folder, string data, IServiceProvider services, CancellationToken cancellationToken)
    {
        var user = server.UserNameParameter is { } name ? await name.GetValueAsync(cancellationToken) : "guest";
        var password = await server.PasswordParameter.GetValueAsync(cancellationToken) ?? "";
        var salt = RandomNumberGenerator.GetBytes(4);
        var hash = Convert.ToBase64String([.. salt, .. SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(password)])]);
        PrivateFile.Write(Path.Combine(folder, "definitions.json"), JsonSerializer.SerializeToUtf8Bytes(new
        {
            users = new[]
            {
                new { name = user, password_hash = hash, hashing_algorithm = "rabbit_password_hashing_sha256", tags = "administrator" },
            },
            vhosts = new[] { new { name = "/" } },
            permissions = new[] { new { user, vhost = "/", configure = ".*", write = ".*", read = ".*" } },
        }));
    }

    public override void AddEnvironment(ProcessServerResource process, Dictionary<string, object> environment, string folder, string data)
    {
        var program = Locate();
        environment["ASPIRE_SERVER_BIN"] = program;
        environment["ASPIRE_SERVER_PORT"] = PortOf(process, server.PrimaryEndpoint.EndpointName);
        environment["ASPIRE_SERVER_DIST_PORT"] = PortOf(process, Distribution);
        environment["ASPIRE_SERVER_EPMD_PORT"] = PortOf(process, PortMapper);
        if (HasManagement)
        {
            environment["ASPIRE_SERVER_MANAGEMENT_PORT"] = PortOf(process, Management);
        }

        if (ErlangCodePath.Find(program, Programs.FindOnPath("erl"), HasManagement ? ["rabbitmq_management"] : []) is { } path)
        {
            environment["ASPIRE_SERVER_CODE_PATH"] = $"-pa {string.Join(' ', path.Modules)}";
            environment["ASPIRE_SERVER_PLUGINS_DIR"] = LinkPlugins(Path.Combine(folder, "plugins"), path.Plugins);
        }
    }

    private static string LinkPlugins(string folder, IReadOnlyList<string> plugins)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
        foreach (var plugin in plugins)
        {
            Directory.CreateSymbolicLink(Path.Combine(folder, Path.GetFileName(plugin)), plugin);
        }

        return folder;
    }
}
