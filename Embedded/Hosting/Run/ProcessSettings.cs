using System.Collections;
using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Run;

/// <summary>The environment and arguments of a process, with all values known.</summary>
internal sealed record ProcessSettings(
    IReadOnlyDictionary<string, string> Environment, IReadOnlyList<string> Arguments, ImmutableArray<EnvironmentVariableSnapshot> Variables,
    IReadOnlyList<string> Secrets, string InstanceId)
{
    // They say how AppHost runs, not how its resources do.
    private static readonly HashSet<string> NotInherited = new(StringComparer.OrdinalIgnoreCase)
    {
        "ASPNETCORE_URLS", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "DOTNET_LAUNCH_PROFILE", "ASPIRE_LOGLEVEL",
        "ASPNETCORE_HTTP_PORTS", "ASPNETCORE_HTTPS_PORTS", "DOTNET_URLS", "NOTIFY_SOCKET",
        "MSBUILD_EXE_PATH", "MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBUILDUSESERVER", "DOTNET_CLI_TELEMETRY_SESSIONID",
        "TESTINGPLATFORM_UI_LANGUAGE", "DOTNET_STARTUP_HOOKS",
    };

    public static async Task<ProcessSettings> ResolveAsync(
        IResource resource, IReadOnlyDictionary<string, int> targetPorts, IServiceProvider services, CancellationToken cancellationToken)
    {
        var execution = services.GetRequiredService<DistributedApplicationExecutionContext>();
        var logger = services.GetRequiredService<ResourceLoggerService>().GetLogger(resource);
        var variables = new EnvironmentCallbackContext(execution, resource, cancellationToken: cancellationToken) { Logger = logger };
        foreach (var callback in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            await callback.Callback(variables);
        }

        var arguments = new CommandLineArgsCallbackContext([], resource, cancellationToken) { ExecutionContext = execution, Logger = logger };
        foreach (var callback in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>())
        {
            await callback.Callback(arguments);
        }

        var context = new ValueProviderContext { ExecutionContext = execution, Caller = resource, TargetPorts = targetPorts };
        var instanceId = RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz", 8);
        var environment = Inherited();
        var shown = ImmutableArray.CreateBuilder<EnvironmentVariableSnapshot>();
        var secrets = new HashSet<string>();
        foreach (var (name, value) in variables.EnvironmentVariables)
        {
            if (await ResolveAsync(value, context, cancellationToken) is { } text)
            {
                text = text.Replace(Telemetry.InstanceIdMark, instanceId, StringComparison.Ordinal);
                environment[name] = text;
                var isSecret = Secrecy.IsSecret(value);
                shown.Add(new(name, isSecret ? "" : text, IsFromSpec: true) { IsSecret = isSecret });
                secrets.UnionWith(Secrecy.SecretsIn(value).Select(secret => secret.Value));
            }
        }

        var line = new List<string>();
        foreach (var argument in arguments.Args)
        {
            if (await ResolveAsync(argument, context, cancellationToken) is { } text)
            {
                line.Add(text);
            }
        }

        return new(environment, line, shown.ToImmutable(), [.. secrets], instanceId);
    }

    private static async ValueTask<string?> ResolveAsync(object? value, ValueProviderContext context, CancellationToken cancellationToken) => value switch
    {
        null => null,
        string text => text,
        IValueProvider provider => await provider.GetValueAsync(context, cancellationToken),
        IResourceBuilder<IResource> { Resource: IValueProvider provider } => await provider.GetValueAsync(context, cancellationToken),
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    public static Dictionary<string, string> Inherited()
    {
        var inherited = new Dictionary<string, string>();
        foreach (DictionaryEntry variable in System.Environment.GetEnvironmentVariables())
        {
            if (!NotInherited.Contains((string)variable.Key))
            {
                inherited[(string)variable.Key] = (string?)variable.Value ?? "";
            }
        }

        return inherited;
    }
}
