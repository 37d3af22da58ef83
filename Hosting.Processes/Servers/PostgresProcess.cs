using System.Security.Cryptography;
using System.Text;
using Hosting.Processes.Data;
using Hosting.Processes.Installation;
using Hosting.Processes.Model;

namespace Hosting.Processes.Servers;

internal sealed class PostgresProcess(PostgresServerResource server) : ServerProcess
{
    private const string InitialFiles = "/docker-entrypoint-initdb.d";
    private const int Rounds = 20_000;

    /// <summary>Variables of the image's entry point that the script does not read.</summary>
    private static readonly string[] Ignored =
    [
        "PGDATA", "POSTGRES_DB_FILE", "POSTGRES_INITDB_ARGS_FILE", "POSTGRES_INITDB_WALDIR", "POSTGRES_PASSWORD_FILE", "POSTGRES_USER_FILE",
    ];

    public override ServerPackage Package => ServerPackage.Postgres;

    public override string Script => "postgres";

    public override string DataTarget => "/var/lib/postgresql";

    public override DefaultImage? Image =>
        DefaultImage.Read(typeof(PostgresServerResource).Assembly.GetType("Aspire.Hosting.Postgres.PostgresContainerImageTags"));

    // PostgreSQL refuses to run as root.
    protected override string[] Users => ["postgres", "nobody"];

    // Aspire itself sets the method that the script uses.
    public override bool Obeys(string variable, object value) => variable == "POSTGRES_HOST_AUTH_METHOD"
        ? value is "scram-sha-256"
        : !Ignored.Contains(variable);

    public override bool Understands(string target) => target == InitialFiles;

    public override async Task WriteFilesAsync(
        ProcessServerResource process, string folder, string data, IServiceProvider services, CancellationToken cancellationToken)
    {
        await WriteInitialFilesAsync(folder, services, cancellationToken);
        var user = server.UserNameParameter is { } name ? await name.GetValueAsync(cancellationToken) ?? "postgres" : "postgres";
        await WritePasswordAsync(
            user, await server.PasswordParameter.GetValueAsync(cancellationToken) ?? "", folder, data, cancellationToken);
    }

    public override void AddEnvironment(ProcessServerResource process, Dictionary<string, object> environment, string folder, string data)
    {
        var version = Path.Combine(data, "pg", "PG_VERSION");
        environment["ASPIRE_SERVER_BIN"] = ServerPackage
            .FindPostgres(File.Exists(version) ? File.ReadAllText(version).Trim() : null) ?? Locate();
        environment["ASPIRE_SERVER_PORT"] = PortOf(process, server.PrimaryEndpoint.EndpointName);
    }

    // The script compares this hash with the one stored beside the data, and runs the statements in single-user mode if they differ.
    private static async Task WritePasswordAsync(
        string user, string password, string folder, string data, CancellationToken cancellationToken)
    {
        var kept = Path.Combine(data, "password.hash");
        var salt = File.Exists(kept) && (await File.ReadAllTextAsync(kept, cancellationToken)).Split(' ') is [var old, _]
            ? Convert.FromBase64String(old)
            : RandomNumberGenerator.GetBytes(16);
        var hash = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes($"{user}\0{password}"), salt, Rounds, HashAlgorithmName.SHA256, 32);
        PrivateFile.Write(Path.Combine(folder, "password.hash"), $"{Convert.ToBase64String(salt)} {Convert.ToBase64String(hash)}");

        // One statement per line. The first fails if the role exists; the second sets the password in either case.
        var role = $"\"{user.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        var secret = $"'{password.Replace("'", "''", StringComparison.Ordinal)}'";
        PrivateFile.Write(
            Path.Combine(folder, "password.sql"),
            $"create role {role} superuser login;\nalter role {role} with superuser login password {secret};\n");
    }

    private async Task WriteInitialFilesAsync(string folder, IServiceProvider services, CancellationToken cancellationToken)
    {
        var target = Path.Combine(folder, "init");
        if (Directory.Exists(target))
        {
            Directory.Delete(target, recursive: true);
        }

        var mounted = server.Annotations.OfType<ContainerMountAnnotation>()
            .Where(mount => mount.Target == InitialFiles)
            .SelectMany(FilesIn);
        var items = new List<ContainerFileSystemItem>();
        foreach (var files in server.Annotations.OfType<ContainerFileSystemCallbackAnnotation>()
            .Where(files => files.DestinationPath == InitialFiles))
        {
            items.AddRange(await files.Callback(new() { Services = services, Model = server }, cancellationToken));
        }

        foreach (var file in items.OfType<ContainerFileBase>().Concat(mounted))
        {
            DataHome.Create(target);
            PrivateFile.Write(
                Path.Combine(target, file.Name),
                file.SourcePath is { } source
                    ? await File.ReadAllBytesAsync(source, cancellationToken)
                    : Encoding.UTF8.GetBytes(file.Contents ?? ""));
        }
    }

    private static IEnumerable<ContainerFileBase> FilesIn(ContainerMountAnnotation mount) => Directory.Exists(mount.Source)
        ? Directory.EnumerateFiles(mount.Source).Select(file => new ContainerFile { Name = Path.GetFileName(file), SourcePath = file })
        : throw new DistributedApplicationException($"The folder of initial files '{mount.Source}' does not exist.");
}
