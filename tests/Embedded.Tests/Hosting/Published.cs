using System.Text.Json.Nodes;
using Aspire.Hosting;

namespace Embedded.Tests.Hosting;

/// <summary>The manifest of a small model.</summary>
internal static class Published
{
    /// <summary>Writes it and returns what it says of the resources.</summary>
    public static async Task<JsonNode> ResourcesAsync(Action<IDistributedApplicationBuilder> describe)
    {
        using var folder = new TemporaryFolder();
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            Args = ["--publisher", "manifest", "--output-path", folder.Path],
            AssemblyName = "Embedded.Tests",
            ProjectDirectory = folder.Path,
        });
        describe(builder);
        await using var application = builder.Build();
        await application.RunAsync(TestContext.Current.CancellationToken);

        var file = Path.Combine(folder.Path, "aspire-manifest.json");
        return JsonNode.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))!["resources"]!;
    }

    /// <summary>One text of it: <c>app.env.NAME</c>.</summary>
    public static string? Text(this JsonNode resources, string path) =>
        path.Split('.').Aggregate((JsonNode?)resources, (node, name) => node?[name])?.ToString();
}
