using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Embedded.Tests.Hosting;

public sealed class CommandTests
{
    private static CancellationToken Deadline => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Options_OfACommand_AreInItsSnapshot()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var given = builder.AddParameter("given", "value");
        given.WithCommand("clear", "Clear", _ => Task.FromResult(CommandResults.Success()), new CommandOptions
        {
            Description = "Empties it",
            ConfirmationMessage = "Sure?",
            IconName = "Delete",
            IconVariant = IconVariant.Regular,
            IsHighlighted = true,
            Visibility = ResourceCommandVisibility.UI,
            UpdateState = context => context.Services.GetService<TimeProvider>() is not null && context.ResourceSnapshot.State?.Text == KnownResourceStates.Running
                ? ResourceCommandState.Enabled : ResourceCommandState.Disabled,
        });
        await using var application = await builder.BuildAsync(Deadline);
        await application.StartAsync(Deadline);

        await application.ResourceNotifications.WaitForResourceAsync("given", cancellationToken: Deadline);
        var command = Assert.Single(application.StateOf("given").Commands);

        Assert.Equal(("clear", "Clear", "Empties it", "Sure?"), (command.Name, command.DisplayName, command.DisplayDescription, command.ConfirmationMessage));
        Assert.Equal(("Delete", IconVariant.Regular, true), (command.IconName, command.IconVariant, command.IsHighlighted));
        Assert.Equal((ResourceCommandState.Enabled, ResourceCommandVisibility.UI, null), (command.State, command.Visibility, command.Parameter));
    }

    [Fact]
    public void Options_WithoutMore_HaveAspiresDefaults()
    {
        var options = new HttpCommandOptions();

        Assert.Equal((null, null, null, null, false), (options.Description, options.ConfirmationMessage, options.IconName, options.IconVariant, options.IsHighlighted));
        Assert.Equal((ResourceCommandVisibility.UI | ResourceCommandVisibility.Api, null), (options.Visibility, options.UpdateState));
        Assert.Equal((null, null, HttpCommandResultMode.None), (options.Method, options.HttpClientName, options.ResultMode));
        Assert.Equal((null, null, null), (options.EndpointSelector, options.PrepareRequest, options.GetCommandResult));
        Assert.Equal(ResourceCommandVisibility.UI | ResourceCommandVisibility.Api, new CommandOptions().Visibility);
    }

    [Fact]
    public async Task Result_OfEachKind_ReachesTheCaller()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var given = builder.AddParameter("given", "value")
            .WithCommand("plain", "Plain", _ => Task.FromResult(CommandResults.Success()))
            .WithCommand("json", "Json", _ => Task.FromResult(CommandResults.Success("read", "{}", CommandResultFormat.Json)))
            .WithCommand("made", "Made", _ => Task.FromResult(new ExecuteCommandResult
            {
                Success = true,
                Canceled = false,
                Message = "made",
                Data = new CommandResultData { Value = "text", Format = CommandResultFormat.Text },
            }))
            .WithCommand("fails", "Fails", _ => Task.FromResult(CommandResults.Failure("because")))
            .WithCommand("broken", "Broken", _ => Task.FromResult(CommandResults.Failure(new IOException("no disk"))))
            .WithCommand("given-up", "Given up", _ => Task.FromResult(CommandResults.Canceled()))
            .WithCommand("throws", "Throws", _ => throw new IOException("unforeseen"))
            .WithCommand("waits", "Waits", async context =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, context.CancellationToken);
                return CommandResults.Success();
            });
        await using var application = await builder.BuildAsync(Deadline);
        await application.StartAsync(Deadline);

        Assert.True((await ExecuteAsync("plain")).Success);
        Assert.Equal(("{}", CommandResultFormat.Json), ((await ExecuteAsync("json")).Data!.Value, (await ExecuteAsync("json")).Data!.Format));
        Assert.Equal(("made", "text"), ((await ExecuteAsync("made")).Message, (await ExecuteAsync("made")).Data!.Value));
        Assert.Equal((false, "because"), ((await ExecuteAsync("fails")).Success, (await ExecuteAsync("fails")).Message));
        Assert.Equal("no disk", (await ExecuteAsync("broken")).Message);
        Assert.Equal((false, true), ((await ExecuteAsync("given-up")).Success, (await ExecuteAsync("given-up")).Canceled));
        Assert.Equal("unforeseen", (await ExecuteAsync("throws")).Message);
        using var impatient = new CancellationTokenSource();
        var waiting = application.ResourceCommands.ExecuteCommandAsync(given.Resource, "waits", impatient.Token);
        await impatient.CancelAsync();
        Assert.True((await waiting).Canceled);

        Task<ExecuteCommandResult> ExecuteAsync(string command) => application.ResourceCommands.ExecuteCommandAsync(given.Resource, command, Deadline);
    }

    [Fact]
    public async Task Annotation_OfACommand_CanBeExecutedWithoutAnApplication()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var app = builder.AddParameter("given", "value").WithCommand("greet", "Greet", context =>
        {
            context.Logger.LogInformation("greeted");
            context.CancellationToken.ThrowIfCancellationRequested();
            return Task.FromResult(CommandResults.Success($"{context.ResourceName} {context.Services.GetRequiredService<string>()}"));
        });
        var command = app.Resource.Annotations.OfType<ResourceCommandAnnotation>().Single();
        await using var services = new ServiceCollection().AddSingleton("served").BuildServiceProvider();

        var result = await command.ExecuteCommand(new ExecuteCommandContext
        {
            Services = services,
            ResourceName = "own",
            Logger = NullLogger.Instance,
            CancellationToken = Deadline,
        });
        var state = command.UpdateState(new UpdateCommandStateContext
        {
            ResourceSnapshot = new CustomResourceSnapshot { ResourceType = "Own", Properties = [] },
            Services = services,
        });

        Assert.Equal(("own served", ResourceCommandState.Enabled), (result.Message, state));
        Assert.Equal(("greet", "Greet", null, null), (command.Name, command.DisplayName, command.DisplayDescription, command.ConfirmationMessage));
        Assert.Equal((null, null, false), (command.IconName, command.IconVariant, command.IsHighlighted));
        Assert.Equal(ResourceCommandVisibility.UI | ResourceCommandVisibility.Api, command.Visibility);
    }
}
