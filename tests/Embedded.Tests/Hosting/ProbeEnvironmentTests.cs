using System.Net.Http.Json;
using Aspire.Hosting.Testing;

namespace Embedded.Tests.Hosting;

public sealed class ProbeEnvironmentTests(Whole whole)
{
    private static CancellationToken Deadline => TestContext.Current.CancellationToken;

    [Fact]
    public async Task References_AllKinds_FollowAspiresConventions()
    {
        var variables = await ReadAsync();
        var database = await whole.App.GetConnectionStringAsync("shop-db", Deadline);
        var twins = whole.App.GetEndpoint("twins", "http").GetLeftPart(UriPartial.Authority);

        Assert.Equal(database, variables["ConnectionStrings__shop-db"]);
        Assert.Equal(database, variables["ConnectionStrings__renamed"]);
        Assert.StartsWith("Host=localhost;Port=", database, StringComparison.Ordinal);
        Assert.Equal("localhost", variables["SHOP_DB_HOST"]);
        Assert.Equal("postgres", variables["SHOP_DB_USERNAME"]);
        Assert.Equal("shop \"data\"", variables["SHOP_DB_DATABASENAME"]);
        Assert.StartsWith("postgresql://postgres:", variables["SHOP_DB_URI"], StringComparison.Ordinal);
        Assert.EndsWith("/shop%20%22data%22", variables["SHOP_DB_URI"], StringComparison.Ordinal);
        Assert.Equal($"jdbc:postgresql://localhost:{variables["SHOP_DB_PORT"]}/shop%20%22data%22", variables["SHOP_DB_JDBCCONNECTIONSTRING"]);
        Assert.Equal($"amqp://guest:{variables["MESSAGING_PASSWORD"]}@localhost:{variables["MESSAGING_PORT"]}", variables["ConnectionStrings__messaging"]);
        Assert.Equal(variables["ConnectionStrings__messaging"], variables["MESSAGING_URI"]);
        Assert.Equal($"localhost:{variables["STORE_PORT"]},password={variables["STORE_PASSWORD"]}", variables["ConnectionStrings__store"]);
        Assert.Equal($"redis://:{variables["STORE_PASSWORD"]}@localhost:{variables["STORE_PORT"]}", variables["STORE_URI"]);
        Assert.Equal(twins, variables["services__twins__http__0"]);
        Assert.Equal(twins, variables["TWINS_HTTP"]);
        Assert.Equal("https://example.org/", variables["services__outside__default__0"]);
    }

    [Fact]
    public async Task Values_OfEveryForm_ReachTheProcess()
    {
        var variables = await ReadAsync();
        var twins = whole.App.GetEndpoint("twins", "http");

        Assert.Equal("plain", variables["PLAIN"]);
        Assert.Equal("later", variables["LATER"]);
        Assert.Equal("from-configuration", variables["GIVEN"]);
        Assert.Equal($"from-configuration@{twins.Port}/a-secret-that-nobody-sees", variables["MIXED"]);
        Assert.Equal(twins.GetLeftPart(UriPartial.Authority), variables["TWINS"]);
        Assert.Equal(variables["ConnectionStrings__store"], variables["STORE"]);
        Assert.Equal("probe", variables["CALLED"]);
    }

    [Fact]
    public async Task LaunchProfile_GivesVariables_ButDoesNotOverrideTheModel()
    {
        var variables = await ReadAsync();

        Assert.Equal("profile", variables["FROM_PROFILE"]);
        Assert.Equal("model", variables["OVERRIDDEN"]);
        Assert.Equal("http", variables["DOTNET_LAUNCH_PROFILE"]);
        Assert.Equal("Development", variables["ASPNETCORE_ENVIRONMENT"]);
    }

    [Fact]
    public async Task Runtime_IsSetToStartQuickly()
    {
        var variables = await ReadAsync();

        Assert.Equal("1000", variables["DOTNET_TC_CallCountingDelayMs"]);
        Assert.Equal("0", variables["DOTNET_EnableWriteXorExecute"]);
    }

    [Fact]
    public async Task Telemetry_InDevelopment_IsSentAtOnceAndWhole()
    {
        var variables = await ReadAsync();

        Assert.Equal("probe", variables["OTEL_SERVICE_NAME"]);
        Assert.Matches("^service\\.instance\\.id=[a-z]{8}$", variables["OTEL_RESOURCE_ATTRIBUTES"]);
        Assert.Equal("in_memory", variables["OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY"]);
        Assert.Equal("1000", variables["OTEL_METRIC_EXPORT_INTERVAL"]);
        Assert.Equal("always_on", variables["OTEL_TRACES_SAMPLER"]);
        Assert.Equal($"http://localhost:{whole.App.GetEndpoint("probe").Port}", variables["ASPNETCORE_URLS"]);
    }

    [Fact]
    public async Task Process_Started_HasItsArgumentsAndItsProjectsFolder()
    {
        using var client = whole.App.CreateHttpClient("probe");

        Assert.Equal(["--first", "one two"], (await client.GetFromJsonAsync<string[]>("/arguments", Deadline))!);
        Assert.Equal(Path.GetDirectoryName(Whole.ProbeProject), await client.GetStringAsync("/folder", Deadline));
    }

    private async Task<Dictionary<string, string>> ReadAsync()
    {
        using var client = whole.App.CreateHttpClient("probe");
        return (await client.GetFromJsonAsync<Dictionary<string, string>>("/environment", Deadline))!;
    }
}
