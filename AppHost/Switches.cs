namespace AppHost;

/// <summary>Settings that are true or false.</summary>
internal static class Switches
{
    /// <exception cref="DistributedApplicationException">The setting is neither true nor false.</exception>
    public static bool ReadSwitch(this IDistributedApplicationBuilder builder, string setting, bool byDefault)
    {
        var value = builder.Configuration[setting];
        if (string.IsNullOrEmpty(value))
        {
            return byDefault;
        }

        return bool.TryParse(value, out var isOn)
            ? isOn
            : throw new DistributedApplicationException(
                $"{setting} is '{value}'. Allowed values are 'true' and 'false'; the default is '{(byDefault ? "true" : "false")}'.");
    }
}
