using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Testing;

/// <summary>How an application under test differs from one that a person runs.</summary>
internal static class TestDefaults
{
    public static void Apply(DistributedApplicationOptions options, HostApplicationBuilderSettings settings)
    {
        options.DisableDashboard = true;
        options.AllowUnsecuredTransport = true;
        options.EnableResourceLogging = true;
        options.RandomizePorts = true;
        options.Quiet = true;

        // Set in `Configuration`, not in the environment of the test, which others share.
        settings.EnvironmentName ??= DistributedApplicationBuilder.EnvironmentNameOf(options)
            ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") ?? Environments.Development;
    }

    public static void AddTo(DistributedApplicationBuilder builder)
    {
        if (builder.Configuration.GetValue("ASPIRE_TESTING_DISABLE_HTTP_CLIENT", defaultValue: false))
        {
            return;
        }

        // A line for each step of each request would hide what the test has to say.
        builder.Services.AddLogging(logging => logging
            .AddFilter("System.Net.Http.HttpClient", LogLevel.Warning).AddFilter("Polly", LogLevel.Warning));
        builder.Services.AddHttpClient();
        builder.Services.ConfigureHttpClientDefaults(client => client.AddStandardResilienceHandler());
    }
}
