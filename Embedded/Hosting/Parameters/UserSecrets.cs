using System.Text.Json;
using System.Text.Json.Nodes;
using Aspire.Hosting.Run;
using Microsoft.Extensions.Configuration.UserSecrets;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The user secrets of AppHost: values made once and the same in every later run.</summary>
internal sealed class UserSecrets(string? path)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private static readonly Lock Gate = new();

    /// <summary>The file; <see langword="null"/> when AppHost has no <c>UserSecretsId</c>: nothing is kept then.</summary>
    public string? FilePath => path;

    public static UserSecrets Of(IDistributedApplicationBuilder builder)
    {
        var id = builder.AppHostAssembly?.GetCustomAttributes(typeof(UserSecretsIdAttribute), inherit: false)
            .Cast<UserSecretsIdAttribute>().FirstOrDefault()?.UserSecretsId;
        return new UserSecrets(id is null ? null : Locate(id));
    }

    /// <summary>Reads a value, or makes and keeps it. Two AppHosts that start at the same time agree on one.</summary>
    public string GetOrAdd(string key, Func<string> make)
    {
        if (path is null)
        {
            return make();
        }

        lock (Gate)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var held = FileLock.Wait(path + ".lock");
            var secrets = Read(path);
            if (secrets[key]?.GetValue<string>() is { Length: > 0 } kept)
            {
                return kept;
            }

            var value = make();
            secrets[key] = value;
            Write(path, secrets);
            return value;
        }
    }

    private static JsonObject Read(string file)
    {
        if (!File.Exists(file))
        {
            return [];
        }

        try
        {
            var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
            return JsonNode.Parse(File.ReadAllText(file), documentOptions: options) as JsonObject ?? [];
        }
        catch (JsonException e)
        {
            throw new DistributedApplicationException($"The user secrets file '{file}' is not valid JSON: {e.Message}", e);
        }
    }

    private static void Write(string file, JsonObject secrets)
    {
        // Whole or not at all: a reader never sees half a file.
        var written = $"{file}.{Environment.ProcessId}.tmp";
        using (var stream = PrivateFiles.Create(written))
        {
            stream.Write(JsonSerializer.SerializeToUtf8Bytes(secrets, Indented));
        }

        File.Move(written, file, overwrite: true);
    }

    private static string Locate(string id)
    {
        try
        {
            return PathHelper.GetSecretsPathFromSecretsId(id);
        }
        catch (InvalidOperationException)
        {
            // No HOME: nothing but the engine's own folder is left.
            return Path.Combine(DataHome.Path, "secrets", id, "secrets.json");
        }
    }
}
