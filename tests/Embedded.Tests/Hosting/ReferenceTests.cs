using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace Embedded.Tests.Hosting;

public sealed class ReferenceTests
{
    private static CancellationToken Deadline => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Service_UnderAnotherName_IsFoundByThatName()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var api = builder.AddProject("api", Whole.ProbeProject)
            .WithHttpEndpoint(name: "admin").WithEndpoint("admin", endpoint => endpoint.ExcludeReferenceEndpoint = true);
        var app = builder.AddExecutable("app", "sh", ".").WithReference(api, "backend");

        var variables = await builder.EnvironmentOfAsync(app.Resource);

        var url = Assert.IsType<EndpointReference>(variables["services__backend__http__0"]);
        Assert.Equal((api.Resource, "http"), (url.Resource, url.EndpointName));
        Assert.Same(url, variables["backend_HTTP"]);
        Assert.DoesNotContain(variables.Keys, key => key.Contains("admin", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData(ReferenceEnvironmentInjectionFlags.ConnectionString, "ConnectionStrings__store")]
    [InlineData(ReferenceEnvironmentInjectionFlags.ConnectionProperties, "STORE_HOST,STORE_PORT,STORE_PASSWORD,STORE_URI")]
    [InlineData(ReferenceEnvironmentInjectionFlags.ServiceDiscovery, "services__api__http__0")]
    [InlineData(ReferenceEnvironmentInjectionFlags.Endpoints, "API_HTTP")]
    [InlineData(ReferenceEnvironmentInjectionFlags.None, "")]
    [InlineData(
        ReferenceEnvironmentInjectionFlags.All, "ConnectionStrings__store,STORE_HOST,STORE_PORT,STORE_PASSWORD,STORE_URI,API_HTTP,services__api__http__0")]
    public async Task ReferenceEnvironment_OfAKind_HasOnlyThat(ReferenceEnvironmentInjectionFlags flags, string expected)
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var app = builder.AddExecutable("app", "sh", ".")
            .WithReference(builder.AddRedis("store"))
            .WithReference(builder.AddProject("api", Whole.ProbeProject))
            .WithReferenceEnvironment(flags);

        Assert.Equal(expected.Split(',', StringSplitOptions.RemoveEmptyEntries), (await builder.EnvironmentOfAsync(app.Resource)).Keys);
    }

    [Fact]
    public async Task ConnectionString_ThatIsMissing_FailsUnlessOptional()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var empty = builder.AddConnectionString("empty", ReferenceExpression.Empty);
        var app = builder.AddExecutable("app", "sh", ".").WithReference(empty).WithReference(empty, "maybe", optional: true);

        var variables = await builder.EnvironmentOfAsync(app.Resource);
        var needed = Assert.IsType<ConnectionStringReference>(variables["ConnectionStrings__empty"]);
        var maybe = Assert.IsType<ConnectionStringReference>(variables["ConnectionStrings__maybe"]);

        Assert.Equal((empty.Resource, false, true), (needed.Resource, needed.Optional, maybe.Optional));
        var missing = await Assert.ThrowsAsync<DistributedApplicationException>(async () => await ValueAsync(needed));
        Assert.Contains("'empty'", missing.Message, StringComparison.Ordinal);
        Assert.Null(await ValueAsync(maybe));
        Assert.Equal("{empty.connectionString}", ((IManifestExpressionProvider)new ConnectionStringReference(empty.Resource, optional: true)).ValueExpression);

        static ValueTask<string?> ValueAsync(IValueProvider value) => value.GetValueAsync(Deadline);
    }

    [Fact]
    public async Task ConnectionString_Configured_ComesUnderItsOwnVariable()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create("--ConnectionStrings:elsewhere=Host=far");
        var elsewhere = builder.AddConnectionString("elsewhere", "ELSEWHERE_CONNECTION");
        var put = builder.AddConnectionString("put", text => text.Append($"{elsewhere};Key={builder.AddParameter("key", "a/b"):uri}"));
        builder.AddExecutable("app", "sh", ".", "-c", "exec sleep 1000").WithReference(elsewhere).WithReference(put);
        await using var application = await builder.BuildAsync(Deadline);
        await application.StartAsync(Deadline);

        var variables = await application.VariablesOfAsync("app");

        // What is secret is not shown.
        Assert.Equal("", variables["ELSEWHERE_CONNECTION"]);
        Assert.Equal("Host=far;Key=a%2Fb", await application.GetConnectionStringAsync("put", Deadline));
        Assert.Equal("ELSEWHERE_CONNECTION", elsewhere.Resource.ConnectionStringEnvironmentVariable);
        Assert.Equal("Host=far", await elsewhere.Resource.GetConnectionStringAsync(Deadline));
        Assert.Equal("{elsewhere.connectionString};Key={key-uri-encoded.value}", put.Resource.ConnectionStringExpression.ValueExpression);
    }

    [Fact]
    public void ConnectionString_OfAResourceOfOnesOwn_IsWhatItsExpressionSays()
    {
        using var builder = DistributedApplicationTestingBuilder.Create();
        var own = new Own(builder.AddParameter("host", "near").Resource);
        IResourceWithConnectionString connection = builder.AddResource(own).Resource;

        Assert.Null(connection.ConnectionStringEnvironmentVariable);
        Assert.Equal("Host={host.value}", connection.ConnectionStringExpression.ValueExpression);
        Assert.Equal("{own.connectionString}", connection.ValueExpression);
        Assert.Equal([connection.ConnectionStringExpression], connection.References);
        Assert.Empty(connection.GetConnectionProperties());
    }

    private sealed class Own(ParameterResource host) : Resource("own"), IResourceWithConnectionString
    {
        public ReferenceExpression ConnectionStringExpression { get; } = ReferenceExpression.Create($"Host={host}");
    }
}
