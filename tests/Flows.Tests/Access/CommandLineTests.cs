using Microsoft.Extensions.Configuration;

namespace Flows.Tests.Access;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("--dashboard", "http://localhost:15000", "--api-key", "secret")]
    [InlineData("--dashboard=http://localhost:15000", "--api-key=secret")]
    [InlineData("--Flows:Dashboard:Url=http://localhost:15000", "--flows:dashboard:apikey", "secret")]
    public void Dashboard_AndItsKey_AreReadFromTheCommandLine(params string[] args)
    {
        var options = Read(args);

        Assert.Equal(("http://localhost:15000/", "secret"), (options.Followed!.ToString(), options.FollowedApiKey));
        Assert.Null(options.OtlpGrpc);
    }

    [Fact]
    public void NoOption_ListensForOtlp()
    {
        var options = Read();

        Assert.Equal((4317, 4318), (options.OtlpGrpc!.Url.Port, options.OtlpHttp!.Url.Port));
    }

    [Theory]
    [InlineData("'--dashbord' is not an option of Flows.", "--dashbord", "http://localhost:15000")]
    [InlineData("'--dashboard' has no value.", "--dashboard")]
    [InlineData("'--dashboard' has no value.", "--dashboard", "--api-key", "secret")]
    public void Options_ThatAreWrong_AreReportedWithTheUsage(string expected, params string[] args)
    {
        var fault = Assert.Throws<FlowsConfigurationException>(() => Read(args));

        Assert.StartsWith(expected, fault.Faults[0], StringComparison.Ordinal);
        Assert.Equal(CommandLine.Usage, fault.Faults[^1]);
    }

    [Theory]
    [InlineData("-x")]
    [InlineData("--help-me")]
    [InlineData("http://localhost:15000")]
    public void Application_WithAWrongOption_DoesNotStart(string option) =>
        Assert.Throws<FlowsConfigurationException>(() => FlowsApp.Build([option]));

    private static FlowsOptions Read(params string[] args)
    {
        var configuration = new ConfigurationBuilder();
        CommandLine.AddTo(configuration, args);
        return FlowsConfiguration.Read(configuration.Build());
    }
}
