namespace Flows;

/// <summary>The command line: short names for what a developer sets by hand, and every setting by its own name.</summary>
public static class CommandLine
{
    public const string Usage = """
        Flows shows what one business action caused, across services, queues and traces.

        usage: dotnet run --project Flows [-- options]

          --dashboard URL    Aspire's dashboard to read from, for example http://localhost:15000
          --api-key KEY      the key of its telemetry API (AppHost:DashboardApiKey in the user secrets of AppHost)
          --urls URL         the address of the pages (default http://localhost:5104)
          --Section:Key=X    any setting, for example --Flows:Limits:Spans=50000
          --help             this text

        Without --dashboard, it takes OTLP traces at http://localhost:4317 (gRPC) and http://localhost:4318 (HTTP).
        """;

    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["--dashboard"] = "Flows:Dashboard:Url",
        ["--api-key"] = "Flows:Dashboard:ApiKey",
        ["--urls"] = "URLS",
        ["--environment"] = "environment",
    };

    public static bool AsksForHelp(string[] args) => args.Any(arg => arg is "--help" or "-h" or "-?");

    /// <summary>Adds the options to the settings, above all other sources.</summary>
    /// <exception cref="FlowsConfigurationException">An option is unknown or has no value.</exception>
    public static void AddTo(IConfigurationBuilder configuration, string[] args)
    {
        Check(args);
        configuration.AddCommandLine(args, Names);
    }

    /// <summary>Before the builder of the application reads the same options, which reports faults as exceptions of its own.</summary>
    /// <exception cref="FlowsConfigurationException">An option is unknown or has no value.</exception>
    public static void Check(string[] args)
    {
        var faults = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            var hasValue = args[i].Contains('=');
            var name = args[i].Split('=')[0];
            if (!Names.ContainsKey(name) && !(name.StartsWith("--", StringComparison.Ordinal) && name.Contains(':')))
            {
                faults.Add($"'{args[i]}' is not an option of Flows.");
            }
            else if (!hasValue && (++i == args.Length || args[i].StartsWith("--", StringComparison.Ordinal)))
            {
                faults.Add($"'{name}' has no value. Write {name} VALUE.");
                i--;
            }
        }

        if (faults.Count > 0)
        {
            throw new FlowsConfigurationException([.. faults, "", Usage]);
        }
    }
}
