using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Embedded.Tests.Hosting;

public sealed class HttpCommandTests(Whole whole)
{
    private static CancellationToken Deadline => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HttpCommand_WithItsOwnClientAndEndpoint_SendsThere()
    {
        var probe = whole.App.GetEndpoint("probe");
        HttpCommandRequestContext? sent = null;
        HttpCommandResultContext? answered = null;
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.Services.AddHttpClient("named", client => client.DefaultRequestHeaders.Add("x-named", "yes"));
        var app = builder.AddExecutable("app", "sh", ".", "-c", "exec sleep 1000").WithHttpEndpoint(name: "web").WithHttpEndpoint(name: "admin");
        app.WithHttpCommand("/folder", "Folder", commandOptions: new HttpCommandOptions
        {
            HttpClientName = "named",
            EndpointSelector = () => app.GetEndpoint("admin"),
            PrepareRequest = context =>
            {
                sent = context;
                context.Request.Method = HttpMethod.Get;
                context.Request.RequestUri = new Uri(probe, context.Request.RequestUri!.AbsolutePath);
                return Task.CompletedTask;
            },
            GetCommandResult = async context =>
            {
                answered = context;
                return CommandResults.Success(await context.Response.Content.ReadAsStringAsync(context.CancellationToken));
            },
        });
        await using var application = await builder.BuildAsync(Deadline);
        await application.StartAsync(Deadline);

        var result = await application.ResourceCommands.ExecuteCommandAsync("app", "app-admin-http-post-/folder", Deadline);

        Assert.Equal(Path.GetDirectoryName(Whole.ProbeProject), result.Message);
        Assert.Equal(("app", "admin", Deadline), (sent!.ResourceName, sent.Endpoint.EndpointName, sent.CancellationToken));
        Assert.Equal(("app", "admin", Deadline), (answered!.ResourceName, answered.Endpoint.EndpointName, answered.CancellationToken));
        Assert.Equal("yes", Assert.Single(sent.HttpClient.DefaultRequestHeaders.GetValues("x-named")));
        Assert.Same(sent.HttpClient, answered.HttpClient);
        Assert.Same(sent.Services.GetRequiredService<TimeProvider>(), answered.Services.GetRequiredService<TimeProvider>());
    }

    [Fact]
    public async Task HttpCommand_Callbacks_CanBeTestedAlone()
    {
        using var builder = DistributedApplicationTestingBuilder.Create();
        var endpoint = builder.AddExecutable("app", "sh", ".").WithHttpEndpoint(name: "web").GetEndpoint("web");
        using var client = new HttpClient();
        using var request = new HttpRequestMessage();
        using var response = new HttpResponseMessage(System.Net.HttpStatusCode.Gone);
        var services = new ServiceCollection().BuildServiceProvider();
        var options = new HttpCommandOptions
        {
            PrepareRequest = context =>
            {
                context.Request.Headers.Add("x-resource", context.ResourceName);
                return Task.CompletedTask;
            },
            GetCommandResult = context => Task.FromResult(CommandResults.Failure($"{context.ResourceName}: {context.Response.StatusCode}")),
        };

        await options.PrepareRequest(new HttpCommandRequestContext
        {
            Services = services,
            ResourceName = "own",
            Endpoint = endpoint,
            HttpClient = client,
            Request = request,
            CancellationToken = Deadline,
        });
        var result = await options.GetCommandResult(new HttpCommandResultContext
        {
            Services = services,
            ResourceName = "own",
            Endpoint = endpoint,
            HttpClient = client,
            Response = response,
            CancellationToken = Deadline,
        });

        Assert.Equal(("own", "own: Gone"), (Assert.Single(request.Headers.GetValues("x-resource")), result.Message));
    }
}
