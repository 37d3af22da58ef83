using Hosting.Processes.Data;
using Hosting.Processes.Installation;
using Hosting.Processes.Model;

namespace Hosting.Processes.Servers;

/// <summary>How a server runs as a process: its package, the script that starts it, and the input of the script.</summary>
internal abstract class ServerProcess
{
    public abstract ServerPackage Package { get; }

    /// <summary>The name of the file in <c>Scripts</c>, which is also the name of the process.</summary>
    public abstract string Script { get; }

    /// <summary>The folder where the server's image stores its data. A mount at this path becomes the data folder.</summary>
    public abstract string DataTarget { get; }

    /// <summary>
    /// The image and tags that Aspire uses by default; null if this version of Aspire does not have them where they are expected.
    /// </summary>
    public abstract DefaultImage? Image { get; }

    /// <summary>The users that may run the server if AppHost runs as root, in order of preference.</summary>
    protected abstract string[] Users { get; }

    /// <summary>Whether the server accepts paths with spaces or characters outside ASCII.</summary>
    public virtual bool TakesAnyPath => true;

    /// <summary>Whether files or mounts at this path of the image are supported without the image.</summary>
    public virtual bool Understands(string target) => false;

    /// <summary>Whether an environment variable has the same effect as in the image, or none in the image either.</summary>
    public virtual bool Obeys(string variable, object value) => true;

    /// <summary>Changes the resource's annotations from those for a container to those for a process.</summary>
    public virtual void Adapt(IResource server)
    {
    }

    /// <summary>Writes the files that the script reads, before each start.</summary>
    public virtual Task WriteFilesAsync(
        ProcessServerResource process, string folder, string data, IServiceProvider services, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    /// <summary>Adds the environment variables that only this server's script reads.</summary>
    /// <param name="process">The server.</param>
    /// <param name="environment">The environment variables of the script.</param>
    /// <param name="folder">The server's folder in this run.</param>
    /// <param name="data">The data folder.</param>
    public abstract void AddEnvironment(ProcessServerResource process, Dictionary<string, object> environment, string folder, string data);

    /// <summary>The user that runs the server; null for AppHost's own.</summary>
    public string? User => DataHome.IsRoot ? Array.Find(Users, Programs.UserExists) : null;

    /// <summary>
    /// Why the server cannot start: AppHost runs as root, and none of <see cref="Users"/> exists. Otherwise null. A server never runs as
    /// root, because what it lets strangers do would be done by root.
    /// </summary>
    public string? MissingUser => DataHome.IsRoot && User is null
        ? $"{Package.DisplayName} does not run as root, and none of the users {string.Join(", ", Users)} exists. Create one "
            + $"(useradd --system {Users[0]}), or start AppHost as another user."
        : null;

    public static ServerProcess? For(IResource resource) => resource switch
    {
        PostgresServerResource server => new PostgresProcess(server),
        RabbitMQServerResource server => new RabbitMQProcess(server),
        RedisResource server => new RedisProcess(server),
        _ => null,
    };

    protected string Locate() => Package.Find() ?? throw new DistributedApplicationException($"{Package.DisplayName} is not installed.");

    protected static EndpointReferenceExpression PortOf(ProcessServerResource process, string endpoint) =>
        new EndpointReference(process, endpoint).Property(EndpointProperty.TargetPort);
}
