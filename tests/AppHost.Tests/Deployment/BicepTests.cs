using System.Reflection;
using System.Text.Json;

namespace AppHost.Tests.Deployment;

/// <summary>The Bicep files of the managed servers compile. Nothing here talks to Azure.</summary>
public sealed class BicepTests
{
    // The project file sets it on platforms for which it restores the compiler's package.
    private static readonly string? Compiler = typeof(BicepTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .SingleOrDefault(attribute => attribute.Key == "BicepCompiler")?.Value;

    [Fact]
    public async Task Servers_Compile_WithoutAWarning_AndTakeSecretsAsSecureParameters()
    {
        Assert.SkipWhen(Compiler is null, "The Bicep compiler is restored on Linux x64 only.");

        var build = await Programs.RunAsync(Compiler!, ["build", Repository.PathOf("deploy", "azure", "servers.bicep"), "--stdout"]);

        Assert.Equal((0, ""), (build.ExitCode, build.StandardError));
        var parameters = JsonSerializer.Deserialize<JsonElement>(build.StandardOutput).GetProperty("parameters");
        Assert.Equal("securestring", parameters.GetProperty("administratorPassword").GetProperty("type").GetString());
        Assert.Equal("object", parameters.GetProperty("principals").GetProperty("type").GetString());
        Assert.Equal("secureObject", parameters.GetProperty("passwords").GetProperty("type").GetString());
    }
}
