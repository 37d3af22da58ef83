using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ServiceDefaults.Api;

public static class ForwardedAddresses
{
    private const string AddedByTheHost = "ForwardedHeaders_Enabled";

    /// <summary>
    /// Makes the visitor's address and scheme those of the request when a trusted proxy forwards it. Without it, all visitors of a proxy
    /// share one rate limit. Takes effect with <see cref="UseForwardedAddresses"/>.
    /// </summary>
    internal static void AddForwardedAddresses(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<ProxyOptions>().BindConfiguration(ProxyOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<ProxyOptions>>((forwarded, proxies) =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            forwarded.ForwardLimit = proxies.Value.Count;
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var network in proxies.Value.TrustedNetworks)
            {
                forwarded.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
            }
        });
    }

    /// <summary>
    /// Reads the forwarded headers once. <c>ASPNETCORE_FORWARDEDHEADERS_ENABLED</c>, which Aspire sets, has added the same middleware
    /// already, and a second one would accept an address that the client has chosen.
    /// </summary>
    public static void UseForwardedAddresses(this WebApplication app)
    {
        if (!string.Equals(app.Configuration[AddedByTheHost], "true", StringComparison.OrdinalIgnoreCase))
        {
            app.UseForwardedHeaders();
        }
    }
}
