namespace Hosting.Processes.Installation;

/// <summary>A server's package: how to find the installed programs, and the package's name on each system.</summary>
internal sealed record ServerPackage(string DisplayName, Func<string?> Find)
{
    private static readonly string[] PostgresPrograms = ["initdb", "postgres", "pg_ctl"];

    private static readonly string[] PostgresRoots = ["/usr/lib/postgresql", "/usr/libexec", "/opt/homebrew/opt", "/usr/local/opt"];

    private static readonly string[] RabbitMQFolders =
        ["/usr/lib/rabbitmq/bin", "/opt/rabbitmq/sbin", "/opt/homebrew/opt/rabbitmq/sbin", "/usr/local/opt/rabbitmq/sbin"];

    public static readonly ServerPackage Postgres = new("PostgreSQL", () => FindPostgres())
    {
        Debian = ["postgresql"],
        Fedora = ["postgresql-server", "postgresql-contrib"],
        Alpine = ["postgresql", "postgresql-contrib"],
        Homebrew = ["postgresql@18"],
    };

    public static readonly ServerPackage RabbitMQ = new("RabbitMQ", FindRabbitMQ)
    {
        Debian = ["rabbitmq-server"],
        Fedora = ["rabbitmq-server"],
        Alpine = ["rabbitmq-server"],
        Homebrew = ["rabbitmq"],
    };

    public static readonly ServerPackage Redis = new(
        "Redis", () => Programs.FindOnPath("redis-server") ?? Programs.FindOnPath("valkey-server"))
    {
        Debian = ["redis-server"],
        Fedora = ["valkey"],
        Alpine = ["valkey"],
        Homebrew = ["redis"],
    };

    public required string[] Debian { get; init; }

    public required string[] Fedora { get; init; }

    public required string[] Alpine { get; init; }

    public required string[] Homebrew { get; init; }

    /// <summary>
    /// Finds the folder of PostgreSQL's programs: the newest complete installation, or the one of a given major version if it is installed
    /// too.
    /// </summary>
    public static string? FindPostgres(string? majorVersion = null) => FindPostgres(majorVersion, PostgresRoots);

    internal static string? FindPostgres(string? majorVersion, string[] roots) => PostgresFolders(roots)
        .OrderByDescending(folder => majorVersion is not null && MajorVersionOf(folder) == majorVersion)
        .FirstOrDefault();

    // A folder counts only if it has all programs: an initdb alone on the PATH is not a complete installation.
    private static IEnumerable<string> PostgresFolders(string[] roots)
    {
        var known = roots.Where(Directory.Exists)
            .SelectMany(root => Directory.EnumerateDirectories(root))
            .Where(folder => Path.GetFileName(Path.GetDirectoryName(folder)) == "postgresql"
                || Path.GetFileName(folder).StartsWith("postgresql", StringComparison.Ordinal))
            .OrderByDescending(Version)
            .SelectMany(folder => new[] { Path.Combine(folder, "bin"), folder });
        return known.Concat(["/usr/pgsql/bin"]).Concat(Programs.Folders()).Where(folder =>
            PostgresPrograms.All(program => Programs.IsExecutable(Path.Combine(folder, program)))
            && HasShareFolder(folder));
    }

    // initdb needs the template files in the share folder; without them the installation cannot be used.
    private static bool HasShareFolder(string bin)
    {
        var real = Programs.FolderOf(Path.Combine(bin, "initdb"));
        var version = Path.GetFileName(Path.GetDirectoryName(real));
        string[] shares =
        [
            $"/usr/share/postgresql/{version}", Path.Combine(real, "../share/postgresql"), Path.Combine(real, "../share"),
            "/usr/share/postgresql", "/usr/share/pgsql",
            Path.Combine(real, "../../share", Path.GetFileName(real)), // Alpine: /usr/libexec/postgresql17, /usr/share/postgresql17
        ];
        return shares.Any(share => File.Exists(Path.Combine(share, "postgres.bki")));
    }

    // /usr/lib/postgresql/15/bin, /usr/libexec/postgresql15, …/opt/postgresql@15/bin
    private static string MajorVersionOf(string bin) =>
        ((int)Version(Path.GetFileName(bin) == "bin" ? Path.GetDirectoryName(bin)! : bin))
            .ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static decimal Version(string folder) => decimal.TryParse(
        new string([.. Path.GetFileName(folder).Where(c => char.IsAsciiDigit(c) || c == '.')]),
        System.Globalization.CultureInfo.InvariantCulture, out var version) ? version : 0;

    // Debian's rabbitmq-server on the PATH is a wrapper that switches to the user rabbitmq; the program that it calls does not.
    private static string? FindRabbitMQ() => RabbitMQFolders
        .Concat(Directory.Exists("/usr/lib/rabbitmq/lib")
            ? Directory.EnumerateDirectories("/usr/lib/rabbitmq/lib").Select(folder => Path.Combine(folder, "sbin"))
            : [])
        .Concat(Programs.Folders())
        .Select(folder => Path.Combine(folder, "rabbitmq-server"))
        .FirstOrDefault(Programs.IsExecutable);
}
