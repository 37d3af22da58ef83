using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Embedded.Tests.Hosting;

public sealed class EventingTests
{
    private static CancellationToken Deadline => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_OfALife_ComeInAspiresOrder()
    {
        var seen = new List<string>();
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var text = builder.AddConnectionString("text", ReferenceExpression.Create($"Host=here"));
        builder.OnBeforeStart((happened, _) => NoteAsync($"before start of {happened.Model.Resources.Count}", happened.Services));
        builder.Eventing.Subscribe<AfterResourcesCreatedEvent>((happened, _) => NoteAsync($"created {happened.Model.Resources.Count}", happened.Services));
        var app = builder.AddExecutable("app", "sh", ".", "-c", "exec sleep 1000").WithHttpEndpoint(name: "web");
        text.OnConnectionStringAvailable((resource, happened, _) => NoteAsync($"{resource.Name} has its connection string", happened.Services, happened.Resource));
        app.OnInitializeResource((_, happened, _) =>
            {
                happened.Logger.LogInformation("initialized");
                Assert.Same(builder.Eventing, happened.Eventing);
                Assert.NotNull(happened.Notifications);
                return NoteAsync("initialize", happened.Services, happened.Resource);
            })
            .OnResourceEndpointsAllocated((resource, happened, _) => NoteAsync(
                resource.GetEndpoint("web").IsAllocated ? "endpoints" : "no endpoints", happened.Services, happened.Resource))
            .OnBeforeResourceStarted((_, happened, _) => NoteAsync("before resource start", happened.Services, happened.Resource))
            .OnResourceReady((_, happened, _) => NoteAsync("ready", happened.Services, happened.Resource))
            .OnResourceStopped((_, happened, _) => NoteAsync($"stopped {happened.ResourceEvent.Snapshot.State?.Text}", happened.Services, happened.Resource));
        app.WaitFor(text);
        await using var application = await builder.BuildAsync(Deadline);

        await application.StartAsync(Deadline);
        await application.ResourceNotifications.WaitForResourceHealthyAsync("app", Deadline);
        await application.StopAsync(Deadline);

        Assert.Equal(
            [
                "before start of 2", "app: initialize", "app: endpoints", "text: text has its connection string", "app: before resource start", "app: ready",
                "app: stopped Exited",
            ],
            seen.Where(note => !note.StartsWith("created", StringComparison.Ordinal)));
        Assert.Contains("created 2", seen);
        Assert.Contains("initialized", await Consoles.ReadAsync(application, "app"), StringComparison.Ordinal);

        Task NoteAsync(string what, IServiceProvider services, IResource? resource = null)
        {
            Assert.NotNull(services.GetRequiredService<ResourceNotificationService>());
            lock (seen)
            {
                seen.Add(resource is null ? what : $"{resource.Name}: {what}");
            }

            return Task.CompletedTask;
        }
    }
}
