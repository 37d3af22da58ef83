using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

/// <summary>
/// .NET runs this in each app of the tested system before its entry point (<c>DOTNET_STARTUP_HOOKS</c>). It writes the app's endpoints to a
/// file once the app has started, so that the tests see the endpoints of the running system.
/// </summary>
internal static class StartupHook
{
    public const string FileVariable = "SECURITY_TESTS_ENDPOINTS";

    /// <summary>Called by .NET.</summary>
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(FileVariable) is { Length: > 0 } file)
        {
            DiagnosticListener.AllListeners.Subscribe(new HostWatch(file));
        }
    }

    private sealed class HostWatch(string file) : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == "Microsoft.Extensions.Hosting")
            {
                value.Subscribe(this);
            }
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value is { Key: "HostBuilt", Value: IHost host })
            {
                var lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
                lifetime.ApplicationStarted.Register(() => Write(host.Services));
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        private void Write(IServiceProvider services)
        {
            var endpoints = services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints)
                .OfType<RouteEndpoint>()
                .Where(endpoint => !endpoint.Metadata.Any(data => data.GetType().Name == "StaticAssetDescriptor"))
                .Where(endpoint => endpoint.RoutePattern.RawText?.Contains(":grpcunimplemented", StringComparison.Ordinal) is not true)
                .Select(endpoint => new
                {
                    Pattern = endpoint.RoutePattern.RawText ?? "",
                    Methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [],
                    TakesForm = endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes.Any(
                        type => type.Contains("form", StringComparison.Ordinal)) is true,
                });
            File.WriteAllText($"{file}.new", JsonSerializer.Serialize(endpoints));
            File.Move($"{file}.new", file, overwrite: true);
        }
    }
}
