using System.Net;
using Microsoft.Extensions.Configuration;

namespace Flows.Tests.Access;

/// <summary>Other machines reach Flows only if it is set so, and never without a secret.</summary>
public sealed class ExposureTests
{
    [Theory]
    [InlineData("flows.example.com", HttpStatusCode.OK)]
    [InlineData("FLOWS.example.com:80", HttpStatusCode.OK)]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("other.example.com", HttpStatusCode.BadRequest)]
    public async Task Flows_WithHosts_AnswersAtTheirNames(string host, HttpStatusCode expected)
    {
        await using var app = await RunningFlows.StartAsync("--URLS=http://0.0.0.0:0", "--Flows:Hosts=flows.example.com");
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(app.Frontend) { Host = "127.0.0.1", Path = "/alive" }.Uri)
        {
            Headers = { Host = host },
        };

        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData("URLS=http://0.0.0.0:80", "ASPNETCORE_URLS is 'http://0.0.0.0:80', which other machines can reach.")]
    [InlineData("Flows:Hosts=http://flows.example.com", "FLOWS__HOSTS has 'http://flows.example.com'.")]
    [InlineData(
        "URLS=http://[::]:80 Flows:Hosts=a.example Flows:Unsecured_Allow_Anonymous=true", "FLOWS__UNSECURED_ALLOW_ANONYMOUS is 'true',")]
    [InlineData("Flows:Otlp:HttpUrl=http://0.0.0.0:4318 Flows:Hosts=a.example", "FLOWS__OTLP__PRIMARYAPIKEY is not set,")]
    public void Exposure_WithoutASecret_IsRefused(string settings, string fault)
    {
        var pairs = settings.Split(' ')
            .Select(setting => setting.Split('=', 2))
            .Select(pair => KeyValuePair.Create(pair[0], (string?)pair[1]));
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(pairs).Build();

        var refused = Assert.Throws<FlowsConfigurationException>(() => FlowsConfiguration.Read(configuration));

        Assert.StartsWith(fault, Assert.Single(refused.Faults), StringComparison.Ordinal);
    }
}
