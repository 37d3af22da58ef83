using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Embedded.Tests.Hosting;

public sealed class WaitBehaviorTests
{
    private static CancellationToken Deadline => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, WaitBehavior.StopOnResourceUnavailable)]
    [InlineData(false, WaitBehavior.WaitOnResourceUnavailable)]
    public async Task WaitBehavior_ByDefault_DependsOnWhetherADashboardCanStartItAgain(bool disableDashboard, WaitBehavior expected)
    {
        await using var builder = DistributedApplicationTestingBuilder.Create([], (options, _) => options.DisableDashboard = disableDashboard);
        await using var application = await builder.BuildAsync(Deadline);

        Assert.Equal(WaitBehavior.WaitOnResourceUnavailable, new ResourceNotificationServiceOptions().DefaultWaitBehavior);
        Assert.Equal(expected, application.Services.GetRequiredService<IOptions<ResourceNotificationServiceOptions>>().Value.DefaultWaitBehavior);
    }

    [Fact]
    public async Task WaitBehavior_Configured_IsTheDefault()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.Services.Configure<ResourceNotificationServiceOptions>(options => options.DefaultWaitBehavior = WaitBehavior.WaitOnResourceUnavailable);
        builder.AddExecutable("never", "sh", ".", "-c", "true");
        await using var application = await builder.BuildAsync(Deadline);
        await application.StartAsync(Deadline);
        await application.ResourceNotifications.WaitForResourceAsync("never", KnownResourceStates.Finished, Deadline);
        using var impatient = new CancellationTokenSource();

        var waiting = application.ResourceNotifications.WaitForResourceHealthyAsync("never", impatient.Token);

        Assert.False(waiting.IsCompleted);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task Service_ThatIsDisposed_EndsEveryWait()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        await using var application = await builder.BuildAsync(Deadline);
        var waiting = application.ResourceNotifications.WaitForResourceAsync("never", cancellationToken: Deadline);

        application.ResourceNotifications.Dispose();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }
}
