using System.Net;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace Embedded.Tests.Hosting;

public sealed class ExternalServiceTests(Whole whole)
{
    private static CancellationToken Deadline => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("not a url")]
    [InlineData("relative/path")]
    [InlineData("https://maps.example/?key=1")]
    [InlineData("https://maps.example/#top")]
    public void Url_ThatIsNoServices_IsRefused(string url)
    {
        using var builder = DistributedApplicationTestingBuilder.Create();

        Assert.Throws<ArgumentException>(() => builder.AddExternalService("maps", url));
    }

    [Fact]
    public async Task Reference_PutsTheUrlIntoTheEnvironment_AndWaitsForItsHealth()
    {
        var there = whole.App.GetEndpoint("probe").GetLeftPart(UriPartial.Authority) + "/";
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var maps = builder.AddExternalService("maps", new Uri(there)).WithHttpHealthCheck("/health");
        var pay = builder.AddExternalService("pay-service", builder.AddParameter("pay-url", "https://pay.example/"));
        var app = builder.AddExecutable("app", "sh", ".", "-c", "env; exec sleep 1000")
            .WithReference(maps).WithReference(pay).WithEnvironment("WHERE", maps).WithEnvironment("PAY_AT", pay).WaitFor(maps);
        await using var application = await builder.BuildAsync(Deadline);
        await application.StartAsync(Deadline);

        await application.ResourceNotifications.WaitForResourceAsync("app", KnownResourceStates.Running, Deadline);
        var settings = await VariablesAsync(app.Resource);

        Assert.Equal((there, there, there), (settings["MAPS"], settings["services__maps__http__0"], settings["WHERE"]));
        Assert.Equal("https://pay.example/", settings["PAY_SERVICE_HTTPS"]);
        Assert.Equal(("https://pay.example/", "https://pay.example/"), (settings["services__pay-service__https__0"], settings["PAY_AT"]));

        async Task<Dictionary<string, string>> VariablesAsync(IResource resource)
        {
            var running = await application.ResourceNotifications.WaitForResourceAsync(
                resource.Name, happened => happened.Snapshot.EnvironmentVariables.Length > 0, Deadline);
            return running.Snapshot.EnvironmentVariables.ToDictionary(variable => variable.Name, variable => variable.Value ?? "");
        }
    }

    [Fact]
    public async Task Health_OfAPathThatAnswersOtherwise_IsUnhealthy()
    {
        var there = whole.App.GetEndpoint("probe").GetLeftPart(UriPartial.Authority);
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddExternalService("right", there).WithHttpHealthCheck("/nowhere", statusCode: (int)HttpStatusCode.NotFound);
        builder.AddExternalService("wrong", there).WithHttpHealthCheck("/nowhere");
        await using var application = await builder.BuildAsync(Deadline);
        await application.StartAsync(Deadline);

        await application.ResourceNotifications.WaitForResourceHealthyAsync("right", Deadline);
        var wrong = await application.ResourceNotifications.WaitForResourceAsync(
            "wrong", happened => happened.Snapshot.HealthReports is [{ Description: not null }], Deadline);
        Assert.Contains("answered 404, not 200", wrong.Snapshot.HealthReports[0].Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parameter_ThatIsNoUrl_FailsTheServiceWithTheReason()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddExternalService("pay", builder.AddParameter("pay-url", "nowhere"));
        await using var application = await builder.BuildAsync(Deadline);
        await application.StartAsync(Deadline);

        await application.ResourceNotifications.WaitForResourceAsync("pay", KnownResourceStates.FailedToStart, Deadline);
        Assert.Contains("'pay-url'", await Consoles.ReadAsync(application, "pay"), StringComparison.Ordinal);
    }

    [Fact]
    public void ExternalService_MadeByHand_KnowsItsAddress()
    {
        using var builder = DistributedApplicationTestingBuilder.Create();
        var address = builder.AddParameter("address", "https://pay.example/").Resource;

        var known = builder.AddResource(new ExternalServiceResource("maps", new Uri("https://maps.example/"))).Resource;
        var asked = builder.AddResource(new ExternalServiceResource("pay", address)).Resource;

        Assert.Equal((new Uri("https://maps.example/"), null), (known.Uri, known.UrlParameter));
        Assert.Equal((null, address), (asked.Uri, asked.UrlParameter));
    }
}
