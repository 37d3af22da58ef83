using Aspire.Hosting.Testing;
using Microsoft.Extensions.Hosting;

namespace ApiShape;

internal static class TestHosts
{
    public static async Task UseAsync<TEntryPoint>(Type entryPoint, CancellationToken cancellationToken)
        where TEntryPoint : class
    {
        await using IDistributedApplicationTestingBuilder builder = await DistributedApplicationTestingBuilder.CreateAsync<TEntryPoint>(cancellationToken);
        await using var withArgs = await DistributedApplicationTestingBuilder.CreateAsync<TEntryPoint>(["--Shop:Volumes=false"], cancellationToken);
        await using var configured = await DistributedApplicationTestingBuilder.CreateAsync<TEntryPoint>([], Configure, cancellationToken);
        await using var byType = await DistributedApplicationTestingBuilder.CreateAsync(entryPoint, cancellationToken);
        await using var byTypeWithArgs = await DistributedApplicationTestingBuilder.CreateAsync(entryPoint, [], cancellationToken);
        await using var byTypeConfigured = await DistributedApplicationTestingBuilder.CreateAsync(entryPoint, [], Configure, cancellationToken);
        using IDistributedApplicationTestingBuilder empty = DistributedApplicationTestingBuilder.Create();
        using var emptyWithArgs = DistributedApplicationTestingBuilder.Create("--key=value");
        using var emptyConfigured = DistributedApplicationTestingBuilder.Create([], Configure);
        await using DistributedApplication application = await builder.BuildAsync(cancellationToken);
        using HttpClient client = application.CreateHttpClient("app");
        using HttpClient named = application.CreateHttpClient("app", "http");
        string? connection = await application.GetConnectionStringAsync("store", cancellationToken);
        Uri address = application.GetEndpoint("app");
        Uri onANetwork = application.GetEndpointForNetwork("app", KnownNetworkIdentifiers.LocalhostNetwork, "http");
        _ = (connection, address, onANetwork);
    }

    private static void Configure(DistributedApplicationOptions options, HostApplicationBuilderSettings settings)
    {
        options.DisableDashboard = true;
        settings.EnvironmentName = "Development";
    }

    internal sealed class Factory(Type entryPoint) : DistributedApplicationFactory(entryPoint, [])
    {
        public async Task UseAsync(CancellationToken cancellationToken)
        {
            await StartAsync(cancellationToken);
            using HttpClient client = CreateHttpClient("app", "http");
            _ = (await GetConnectionString("store"), GetEndpoint("app"), new DistributedApplicationFactory(typeof(Factory)));
            await DisposeAsync();
            Dispose();
        }

        protected override void OnBuilderCreating(DistributedApplicationOptions applicationOptions, HostApplicationBuilderSettings hostOptions)
        {
        }

        protected override void OnBuilderCreated(DistributedApplicationBuilder applicationBuilder)
        {
        }

        protected override void OnBuilding(DistributedApplicationBuilder applicationBuilder)
        {
        }

        protected override void OnBuilt(DistributedApplication application)
        {
        }
    }
}
