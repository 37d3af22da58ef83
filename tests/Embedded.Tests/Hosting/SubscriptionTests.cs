using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Embedded.Tests.Hosting;

public sealed class SubscriptionTests
{
    private static CancellationToken Deadline => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Subscription_ThatEnded_IsNotCalled()
    {
        using var builder = DistributedApplicationTestingBuilder.Create();
        var eventing = builder.Eventing;
        var calls = 0;
        var subscription = eventing.Subscribe<Own>((_, _) =>
        {
            calls++;
            return Task.CompletedTask;
        });

        await eventing.PublishAsync(new Own(), Deadline);
        eventing.Unsubscribe(subscription);
        await eventing.PublishAsync(new Own(), Deadline);
        await subscription.Callback(new Own(), Deadline);

        Assert.Equal(2, calls);
    }

    [Theory]
    [InlineData(EventDispatchBehavior.BlockingSequential, true, true)]
    [InlineData(EventDispatchBehavior.BlockingConcurrent, true, false)]
    [InlineData(EventDispatchBehavior.NonBlockingSequential, false, true)]
    [InlineData(EventDispatchBehavior.NonBlockingConcurrent, false, false)]
    public async Task Publish_Behavior_WaitsAndTakesTurnsAsItSays(EventDispatchBehavior behavior, bool waits, bool takesTurns)
    {
        var eventing = new DistributedApplicationEventing();
        var first = new TaskCompletionSource();
        var second = new TaskCompletionSource();
        eventing.Subscribe<Own>((_, _) => first.Task);
        eventing.Subscribe<Own>((_, _) =>
        {
            second.SetResult();
            return Task.CompletedTask;
        });

        var published = eventing.PublishAsync(new Own(), behavior, Deadline);

        Assert.Equal((!waits, !takesTurns), (published.IsCompleted, second.Task.IsCompleted));
        first.SetResult();
        await published;
        await second.Task.WaitAsync(Deadline);
    }

    [Fact]
    public async Task Subscription_ToOneResource_HearsOfNoOther()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var one = builder.AddParameter("one", "1").Resource;
        var other = builder.AddParameter("other", "2").Resource;
        await using var application = await builder.BuildAsync(Deadline);
        var services = application.Services;
        var model = services.GetRequiredService<DistributedApplicationModel>();
        var now = new ResourceEvent(one, "one", new CustomResourceSnapshot { ResourceType = "Own", Properties = [] });
        var heard = new List<IDistributedApplicationEvent>();
        var logs = services.GetRequiredService<ResourceLoggerService>();
        Listen<BeforeResourceStartedEvent>();
        Listen<ConnectionStringAvailableEvent>();
        Listen<ResourceEndpointsAllocatedEvent>();
        Listen<ResourceReadyEvent>();
        Listen<ResourceStoppedEvent>();
        Listen<InitializeResourceEvent>();

        await PublishAsync(resource => new BeforeResourceStartedEvent(resource, services));
        await PublishAsync(resource => new ConnectionStringAvailableEvent(resource, services));
        await PublishAsync(resource => new ResourceEndpointsAllocatedEvent(resource, services));
        await PublishAsync(resource => new ResourceReadyEvent(resource, services));
        await PublishAsync(resource => new ResourceStoppedEvent(resource, services, now));
        await PublishAsync(resource => new InitializeResourceEvent(resource, builder.Eventing, logs, application.ResourceNotifications, services));

        Assert.Equal(6, heard.Count);
        Assert.All(heard.Cast<IDistributedApplicationResourceEvent>(), happened => Assert.Equal((one, services), (happened.Resource, happened.Services)));
        Assert.Contains("heard of it", await Consoles.ReadAsync(application, "one"), StringComparison.Ordinal);
        Assert.Equal((model, services), (new BeforeStartEvent(services, model).Model, new AfterResourcesCreatedEvent(services, model).Services));

        void Listen<T>()
            where T : IDistributedApplicationResourceEvent => builder.Eventing.Subscribe<T>(one, (happened, _) =>
            {
                IDistributedApplicationResourceEvent any = happened;
                any.Logger.LogInformation("heard of it");
                heard.Add(happened);
                return Task.CompletedTask;
            });

        async Task PublishAsync<T>(Func<IResource, T> create)
            where T : IDistributedApplicationResourceEvent
        {
            await builder.Eventing.PublishAsync(create(one), Deadline);
            await builder.Eventing.PublishAsync(create(other), EventDispatchBehavior.BlockingSequential, Deadline);
        }
    }

    [Fact]
    public async Task Subscription_OfAResource_KnowsIt()
    {
        using var builder = DistributedApplicationTestingBuilder.Create();
        var given = builder.AddParameter("given", "value").Resource;
        await using var services = new ServiceCollection().BuildServiceProvider();
        IResource? heard = null;

        var subscription = new DistributedApplicationResourceEventSubscription(given, (happened, _) =>
        {
            heard = happened.Resource;
            return Task.CompletedTask;
        });
        await subscription.Callback(new ResourceReadyEvent(given, services), Deadline);

        Assert.Equal((given, given), (subscription.Resource, heard));
        var made = new DistributedApplicationEventSubscription((_, _) => Task.FromException(new IOException("called")));
        await Assert.ThrowsAsync<IOException>(() => made.Callback(new Own(), Deadline));
    }

    private sealed class Own : IDistributedApplicationEvent;
}
