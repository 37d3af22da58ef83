using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using StackExchange.Redis.Configuration;

namespace Aspire.StackExchange.Redis;

/// <summary>What the options named like the key start from.</summary>
internal sealed record RedisConnectionString(string? Value);

/// <summary>
/// Starts the client's options from the connection string, which can only be parsed into a new object; sections and delegates then
/// change that object like any other options.
/// </summary>
internal sealed class RedisOptionsFactory(
    IServiceProvider provider,
    IEnumerable<IConfigureOptions<ConfigurationOptions>> setups,
    IEnumerable<IPostConfigureOptions<ConfigurationOptions>> postConfigures,
    IEnumerable<IValidateOptions<ConfigurationOptions>> validations)
    : OptionsFactory<ConfigurationOptions>(setups, postConfigures, validations)
{
    protected override ConfigurationOptions CreateInstance(string name)
    {
        var connectionString = provider.GetKeyedService<RedisConnectionString>(name)?.Value;
        var options = connectionString is null ? base.CreateInstance(name) : ConfigurationOptions.Parse(connectionString);

        if (options.Defaults.GetType() == typeof(DefaultOptionsProvider))
        {
            options.Defaults = new PatientDefaults();
        }

        return options;
    }

    // A Redis that is still starting must not make its clients fail: they connect in the background.
    private sealed class PatientDefaults : DefaultOptionsProvider
    {
        public override bool AbortOnConnectFail => false;
    }
}
