using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AsyncApi;

/// <summary>Files that are generated from the services' declarations, and compared with them.</summary>
internal static class Generated
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerOptions.Default)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NewLine = "\n",
    };

    /// <summary><c>WRITE_ASYNCAPI=true dotnet test --project tests/AsyncApi</c> rewrites the files.</summary>
    public static bool Write { get; } = Environment.GetEnvironmentVariable("WRITE_ASYNCAPI") == "true";

    /// <summary>The file has this content.</summary>
    public static async Task EqualsAsync(JsonObject content, params string[] path)
    {
        var stop = TestContext.Current.CancellationToken;
        var file = Repository.PathOf(path);
        var expected = content.ToJsonString(Indented) + "\n";
        if (Write)
        {
            await File.WriteAllTextAsync(file, expected, stop);
        }

        Assert.Equal(expected, (await File.ReadAllTextAsync(file, stop)).ReplaceLineEndings("\n"));
    }
}
