using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>Adds parameters and connection strings to the model. Mirrors Aspire's class of the same name.</summary>
public static class ParameterResourceBuilderExtensions
{
    /// <summary>A parameter whose value is configured: <c>Parameters:{name}</c>.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, bool secret = false) =>
        builder.Add(name, parameterDefault: null, secret);

    /// <summary>A parameter with a value, whatever is configured.</summary>
    /// <param name="builder">The model's builder.</param>
    /// <param name="name">The parameter's name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="publishValueAsDefault">Whether the manifest says the value.</param>
    /// <param name="secret">Whether the value is hidden everywhere.</param>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, string value, bool publishValueAsDefault = false, bool secret = false) =>
        builder.AddParameter(name, () => value, publishValueAsDefault, secret);

    /// <summary>A parameter with a value made when it is asked for, whatever is configured.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, Func<string> valueGetter, bool publishValueAsDefault = false, bool secret = false)
    {
        if (publishValueAsDefault && secret)
        {
            throw new ArgumentException("A parameter cannot be both secret and published as a default value.", nameof(secret));
        }

        var parameter = new ParameterResource(name, given => given?.GetDefaultValue() ?? valueGetter(), secret);
        if (publishValueAsDefault)
        {
            parameter.Default = new ConstantParameterDefault(valueGetter);
        }

        return builder.AddResource(parameter);
    }

    /// <summary>A parameter with a default, which configuration overrides.</summary>
    /// <param name="builder">The model's builder.</param>
    /// <param name="name">The parameter's name.</param>
    /// <param name="value">Its default, such as <see cref="GenerateParameterDefault"/>.</param>
    /// <param name="secret">Whether the value is hidden everywhere.</param>
    /// <param name="persist">Whether the default is kept in AppHost's user secrets, so that the next run has the same.</param>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, ParameterDefault value, bool secret = false, bool persist = false) =>
        builder.Add(name, persist && builder.ExecutionContext.IsRunMode ? new KeptParameterDefault(builder, name, value) : value, secret);

    /// <summary>A parameter whose value is configured under a key of any name.</summary>
    public static IResourceBuilder<ParameterResource> AddParameterFromConfiguration(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, string configurationKey, bool secret = false) =>
        builder.AddResource(new ParameterResource(
            name, given => Configured(builder.Configuration, configurationKey) ?? given?.GetDefaultValue() ?? throw Missing(name, configurationKey), secret));

    /// <summary>Says what a parameter is for.</summary>
    public static IResourceBuilder<ParameterResource> WithDescription(
        this IResourceBuilder<ParameterResource> builder, string description, bool enableMarkdown = false)
    {
        builder.Resource.Description = description;
        builder.Resource.EnableDescriptionMarkdown = enableMarkdown;
        return builder;
    }

    /// <summary>A connection string that is configured: <c>ConnectionStrings:{name}</c>.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddConnectionString(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, string? environmentVariableName = null)
    {
        var key = $"ConnectionStrings:{name}";
        return builder.AddResource(new ConnectionStringParameterResource(
            name, _ => Configured(builder.Configuration, key) ?? throw Missing(name, key), environmentVariableName)
        {
            IsConnectionString = true,
        });
    }

    /// <summary>The password of a server: generated once, kept in AppHost's user secrets, in the manifest only where it is referenced.</summary>
    public static ParameterResource CreateDefaultPasswordParameter(
        IDistributedApplicationBuilder builder, string name, bool lower = true, bool upper = true, bool numeric = true, bool special = true,
        int minLower = 0, int minUpper = 0, int minNumeric = 0, int minSpecial = 0)
    {
        var generated = new GenerateParameterDefault
        {
            Lower = lower,
            Upper = upper,
            Numeric = numeric,
            Special = special,
            MinLower = minLower,
            MinUpper = minUpper,
            MinNumeric = minNumeric,
            MinSpecial = minSpecial,
        };
        return Create(
            builder, name, builder.ExecutionContext.IsRunMode ? new KeptParameterDefault(builder, name, generated) : generated, secret: true);
    }

    internal static MissingParameterValueException Missing(string name, string key) => new(
        $"Parameter '{name}' has no value. Set it with `dotnet user-secrets set \"{key}\" …` in AppHost's folder, in its appsettings.json, or in the environment variable '{key.Replace('-', '_').Replace(":", "__", StringComparison.Ordinal)}'.");

    private static IResourceBuilder<ParameterResource> Add(
        this IDistributedApplicationBuilder builder, string name, ParameterDefault? parameterDefault, bool secret) =>
        builder.AddResource(Create(builder, name, parameterDefault, secret));

    private static ParameterResource Create(IDistributedApplicationBuilder builder, string name, ParameterDefault? parameterDefault, bool secret)
    {
        var key = $"Parameters:{name}";
        return new ParameterResource(
            name, given => Configured(builder.Configuration, key) ?? given?.GetDefaultValue() ?? throw Missing(name, key), secret)
        {
            Default = parameterDefault,
        };
    }

    // Environment variables cannot have hyphens in their names everywhere, so Parameters__admin_password is accepted for admin-password.
    private static string? Configured(ConfigurationManager configuration, string key) =>
        configuration[key] ?? configuration[key.Replace('-', '_')];
}
