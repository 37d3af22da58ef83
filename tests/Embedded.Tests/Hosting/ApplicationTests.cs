using Aspire.Hosting;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Embedded.Tests.Hosting;

/// <summary>The builder and the application themselves.</summary>
public sealed class ApplicationTests
{
    private static CancellationToken Deadline => TestContext.Current.CancellationToken;

    [Fact]
    public void Builder_ByEachWay_KnowsItsAppHost()
    {
        var here = typeof(ApplicationTests).Assembly;
        IDistributedApplicationBuilder[] builders =
        [
            DistributedApplication.CreateBuilder(), DistributedApplication.CreateBuilder([]), new DistributedApplicationBuilder(args: []),
            new DistributedApplicationBuilder(new DistributedApplicationOptions()),
        ];

        Assert.All(builders, builder =>
        {
            Assert.Equal((here, here.GetName().Name), (builder.AppHostAssembly, builder.Environment.ApplicationName));
            Assert.True(Directory.Exists(builder.AppHostDirectory));
            Assert.NotNull(builder.Eventing);
        });
        var named = new DistributedApplicationBuilder(new DistributedApplicationOptions { AssemblyName = "AppHost", ProjectDirectory = Path.GetTempPath() });
        Assert.Equal(("AppHost", Path.GetTempPath()), (named.AppHostAssembly?.GetName().Name, named.AppHostDirectory));
        Assert.Equal("AppHost", named.Environment.ApplicationName);
    }

    [Fact]
    public void Options_WithoutMore_HaveAspiresDefaults()
    {
        var options = new DistributedApplicationOptions();

        Assert.Equal((null, null, null), (options.Args, options.AssemblyName, options.ProjectDirectory));
        Assert.Equal((false, false, false), (options.DisableDashboard, options.AllowUnsecuredTransport, options.EnableResourceLogging));
        Assert.Equal((null, null), (options.ContainerRegistryOverride, options.DashboardApplicationName));
    }

    [Fact]
    public void TestingBuilder_Options_AreForTestsAndCanBeChanged()
    {
        DistributedApplicationOptions? given = null;
        using var builder = DistributedApplicationTestingBuilder.Create(["--key=value"], (options, settings) =>
        {
            given = options;
            options.AllowUnsecuredTransport = options.DisableDashboard;
            options.DashboardApplicationName = "Own";
            settings.EnvironmentName = "Staging";
        });

        Assert.Equal((true, true, true), (given!.DisableDashboard, given.AllowUnsecuredTransport, given.EnableResourceLogging));
        Assert.Equal(("--key=value", "value"), (Assert.Single(given.Args!), builder.Configuration["key"]));
        Assert.Equal("Staging", builder.Environment.EnvironmentName);
    }

    [Fact]
    public void EnvironmentName_AmongTheArguments_IsTaken()
    {
        using var tested = DistributedApplicationTestingBuilder.Create("--environment=Staging");

        Assert.Equal("Staging", DistributedApplication.CreateBuilder(["--environment", "Staging"]).Environment.EnvironmentName);
        Assert.Equal("Staging", tested.Environment.EnvironmentName);
    }

    [Fact]
    public async Task Run_WhoseStartTimesOut_Fails()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.OnBeforeStart((_, _) => throw new TaskCanceledException("The request timed out."));
        await using var application = await builder.BuildAsync(Deadline);

        await Assert.ThrowsAsync<TaskCanceledException>(() => application.RunAsync(Deadline));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ResourceLogging_Enabled_WritesConsolesIntoTheLog(bool isEnabled)
    {
        var log = new Lines();
        await using var builder = DistributedApplicationTestingBuilder.Create([], (options, _) => options.EnableResourceLogging = isEnabled);
        builder.Services.AddLogging(logging => logging.ClearProviders().AddProvider(log));
        builder.AddExecutable("app", "sh", ".", "-c", "echo said by the app; exec sleep 1000");
        await using var application = await builder.BuildAsync(Deadline);
        await application.StartAsync(Deadline);
        await Consoles.ReadUntilAsync(application, "app", "said by the app");

        if (isEnabled)
        {
            await Servers.Eventually.TrueAsync(() => log.Said("said by the app"));
        }

        await application.StopAsync(Deadline);
        Assert.Equal(isEnabled, log.Said("said by the app"));
    }

    [Fact]
    public async Task ExecutionContext_OfARun_HasServicesOnceBuilt()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var context = builder.ExecutionContext;
        Assert.Throws<InvalidOperationException>(() => context.Services);

        await using var application = await builder.BuildAsync(Deadline);

        Assert.Same(application.Services.GetRequiredService<TimeProvider>(), context.Services.GetRequiredService<TimeProvider>());
        Assert.Equal((true, false, DistributedApplicationOperation.Run), (context.IsRunMode, context.IsPublishMode, context.Operation));
        var publish = new DistributedApplicationExecutionContext(DistributedApplicationOperation.Publish, "own");
        Assert.Equal((false, true, "own"), (publish.IsRunMode, publish.IsPublishMode, publish.PublisherName));
        Assert.Equal("manifest", new DistributedApplicationExecutionContext(DistributedApplicationOperation.Publish).PublisherName);
    }

    [Fact]
    public async Task Application_ThatIsDisposed_HasStoppedItsProcesses()
    {
        using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddExecutable("app", "sh", ".", "-c", "exec sleep 1000");
        var application = await builder.BuildAsync(Deadline);
        await application.StartAsync(Deadline);
        await application.ResourceNotifications.WaitForResourceHealthyAsync("app", Deadline);
        var process = Convert.ToInt32(
            application.StateOf("app").Properties.Single(property => property.Name == "executable.pid").Value, System.Globalization.CultureInfo.InvariantCulture);

        application.Dispose();
        application.Dispose();

        Assert.Throws<ArgumentException>(() => System.Diagnostics.Process.GetProcessById(process));
    }

    [Fact]
    public void Exceptions_OfTheModel_KeepMessageAndReason()
    {
        var reason = new IOException("no disk");

        Assert.Same(reason, new DistributedApplicationException("text", reason).InnerException);
        Assert.Equal("text", new DistributedApplicationException("text").Message);
        Assert.NotEmpty(new DistributedApplicationException().Message);
        DistributedApplicationException missing = new MissingParameterValueException("text", reason);
        Assert.Equal(("text", reason), (missing.Message, missing.InnerException));
        Assert.Equal("text", new MissingParameterValueException("text").Message);
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> _lines = [];

        public bool Said(string text) => _lines.Any(line => line.Contains(text, StringComparison.Ordinal));

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
