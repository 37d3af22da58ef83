using System.Security.Cryptography;
using System.Text;
using Aspire.Hosting.Processes;
using Aspire.Hosting.Run;
using Aspire.Hosting.Servers;

namespace Aspire.Hosting.Postgres;

/// <summary>
/// Gives the superuser of an old volume the password of this run, where that is another one: the volume of a lost secret is not lost. A hash
/// beside the data tells, so that the server is asked only when it must be.
/// </summary>
internal sealed class PostgresPassword(string bin, string folder, UserAccount? user, ProcessContext context)
{
    private const int Rounds = 20_000;

    private string Remembered => $"{folder}.password";

    public async Task EnsureAsync(string userName, string password, CancellationToken cancellationToken)
    {
        if (await IsRememberedAsync(userName, password, cancellationToken))
        {
            return;
        }

        var role = $"\"{userName.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        var (exitCode, said) = await ShortProcess.RunAsync(
            new ProcessPlan
            {
                FileName = Path.Combine(bin, "postgres"),
                Arguments = ["--single", "-D", folder, "postgres"],
                WorkingDirectory = folder,
                Environment = context.Environment,
                User = user,

                // One command a line; the second does what the first may have found done.
                Input = $"create role {role} superuser login;\nalter role {role} with superuser login password {Literal(password)};\n",
            },
            context.Run, cancellationToken);
        if (exitCode != 0)
        {
            throw new DistributedApplicationException(
                $"The password of the data in '{folder}' could not be changed: {string.Join(" / ", said.Where(line => !line.Contains(password, StringComparison.Ordinal)).TakeLast(4))}");
        }

        await RememberAsync(userName, password, cancellationToken);
    }

    public async Task RememberAsync(string userName, string password, CancellationToken cancellationToken)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        await PrivateFiles.WriteAsync(Remembered, $"{Convert.ToBase64String(salt)} {Hash(userName, password, salt)}", cancellationToken);
    }

    private static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Hash(string userName, string password, byte[] salt) => Convert.ToBase64String(
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes($"{userName}\0{password}"), salt, Rounds, HashAlgorithmName.SHA256, 32));

    private async Task<bool> IsRememberedAsync(string userName, string password, CancellationToken cancellationToken) =>
        File.Exists(Remembered)
        && (await File.ReadAllTextAsync(Remembered, cancellationToken)).Split(' ') is [var salt, var hash]
        && hash == Hash(userName, password, Convert.FromBase64String(salt));
}
