using System.Text.Encodings.Web;
using System.Text.Json;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Publishing;

/// <summary>Writes the manifest and ends AppHost: <c>--publisher manifest --output-path F</c>.</summary>
internal sealed class ManifestPublisher(
    IConfiguration configuration, DistributedApplicationModel model, DistributedApplicationExecutionContext execution, IServiceProvider services,
    IDistributedApplicationEventing eventing, IHostApplicationLifetime lifetime, DistributedApplicationOptions options) : IHostedService
{
    // As in Aspire: "+" and "'" stay readable.
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await eventing.PublishAsync(new BeforeStartEvent(services, model), cancellationToken);
        if (options.ContainerRegistryOverride is { } registry)
        {
            foreach (var image in model.Resources.SelectMany(resource => resource.Annotations.OfType<ContainerImageAnnotation>()))
            {
                image.Registry = registry;
            }
        }

        var path = ResolvePath(configuration["Publishing:OutputPath"] ?? throw new DistributedApplicationException(
            "The '--output-path [path]' option was not specified: where shall the manifest be written?"));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using (var file = new FileStream(path, FileMode.Create))
        await using (var writer = new Utf8JsonWriter(file, Options))
        {
            await new ManifestWriter(new ManifestPublishingContext(execution, path, writer, cancellationToken)).WriteAsync(model);
        }

        await Console.Out.WriteLineAsync($"Published manifest to: {path}");
        lifetime.StopApplication();
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static string ResolvePath(string output)
    {
        var path = Path.GetFullPath(output);
        return path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? path : Path.Combine(path, "aspire-manifest.json");
    }
}
