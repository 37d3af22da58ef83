using Hosting.Processes.Data;
using Hosting.Processes.Installation;
using Hosting.Processes.Model;

namespace Hosting.Processes.Servers;

/// <summary>How one server runs as a process: the package that has it, the script that starts it, and what the script needs.</summary>
internal abstract class ServerProcess
{
    public abstract ServerPackage Package { get; }

    /// <summary>The file in <c>Scripts</c>; the process has its name.</summary>
    public abstract string Script { get; }

    /// <summary>Where the server's image keeps its data: a mount there is the data folder.</summary>
    public abstract string DataTarget { get; }

    /// <summary>Image and tags that Aspire gives the server when the model names none; null if this version of Aspire hides them.</summary>
    public abstract DefaultImage? Image { get; }

    /// <summary>The users that may run the server when AppHost is root's, best first.</summary>
    protected abstract string[] Users { get; }

    /// <summary>Whether the server copes with a path that has spaces or letters outside ASCII.</summary>
    public virtual bool TakesAnyPath => true;

    /// <summary>Whether a file or mount of the image at this path means something without the image.</summary>
    public virtual bool Understands(string target) => false;

    /// <summary>Changes what the model says to a container into what it says to a process.</summary>
    public virtual void Adapt(IResource server)
    {
    }

    /// <summary>Writes what the script reads, before each start.</summary>
    public virtual Task WriteFilesAsync(ProcessServerResource process, string folder, string data, IServiceProvider services, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    /// <summary>Adds what only this server's script reads.</summary>
    /// <param name="process">The server.</param>
    /// <param name="environment">The variables of the script.</param>
    /// <param name="folder">The folder of the server in this run.</param>
    /// <param name="data">The data folder.</param>
    public abstract void AddEnvironment(ProcessServerResource process, Dictionary<string, object> environment, string folder, string data);

    public string? User => DataHome.IsRoot ? Array.Find(Users, Programs.UserExists) : null;

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
