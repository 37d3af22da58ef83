using System.Security.Cryptography;
using System.Text;

namespace WebApp.Identity.Attempts;

/// <summary>How many attempts are allowed.</summary>
/// <param name="Name">Keeps the keys of different limits apart.</param>
/// <param name="AtOnce">So many after a long pause.</param>
/// <param name="Pause">After them, one more each time this has passed.</param>
public sealed record AttemptLimit(string Name, int AtOnce, TimeSpan Pause)
{
    /// <summary>An attempt that counts against this limit, for the account, client and so on that <paramref name="key"/> lists.</summary>
    public CountedAttempt For(params string[] key) =>
        new(this, SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', [Name, .. key]))));
}

public sealed record CountedAttempt(AttemptLimit Limit, byte[] Key);
