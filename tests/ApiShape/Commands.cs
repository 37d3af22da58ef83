namespace ApiShape;

internal static class Commands
{
    public static void Describe(IResourceBuilder<ProjectResource> app)
    {
        app.WithCommand("greet", "Greet", context => Task.FromResult(CommandResults.Success($"Hello from {context.ResourceName}")))
            .WithCommand("clear", "Clear", ClearAsync, new CommandOptions
            {
                Description = "Empties it",
                ConfirmationMessage = "Sure?",
                IconName = "Delete",
                IconVariant = IconVariant.Regular,
                IsHighlighted = true,
                Visibility = ResourceCommandVisibility.UI | ResourceCommandVisibility.Api,
                UpdateState = context => context.ResourceSnapshot.State?.Text == KnownResourceStates.Running && context.Services is not null
                    ? ResourceCommandState.Enabled : ResourceCommandState.Disabled,
            })
            .WithHttpCommand("/seed", "Seed")
            .WithHttpCommand("/seed", "Seed", endpointName: "http", commandName: "seed", commandOptions: Options(app))
            .WithHttpCommand("/seed", "Seed", () => app.GetEndpoint("http"), "seed-2", Options(app));
    }

    private static async Task<ExecuteCommandResult> ClearAsync(ExecuteCommandContext context)
    {
        await Task.Yield();
        _ = (context.Services, context.Logger);
        ExecuteCommandResult[] results =
        [
            CommandResults.Success(), CommandResults.Success("done"), CommandResults.Success("done", "{}", CommandResultFormat.Json),
            CommandResults.Failure(), CommandResults.Failure("why"), CommandResults.Failure(new IOException("why")), CommandResults.Canceled(),
        ];
        return context.CancellationToken.IsCancellationRequested ? results[^1] : new ExecuteCommandResult { Success = results[0].Success, Canceled = false, Message = "done" };
    }

    private static HttpCommandOptions Options(IResourceBuilder<ProjectResource> app) => new()
    {
        Method = HttpMethod.Put,
        HttpClientName = "client",
        EndpointSelector = () => app.GetEndpoint("http"),
        ResultMode = HttpCommandResultMode.Auto,
        PrepareRequest = context =>
        {
            context.Request.Headers.Add("x-key", context.ResourceName);
            _ = (context.Services, context.Endpoint, context.CancellationToken, context.HttpClient);
            return Task.CompletedTask;
        },
        GetCommandResult = context =>
        {
            _ = (context.Services, context.ResourceName, context.Endpoint, context.CancellationToken, context.HttpClient);
            return Task.FromResult(context.Response.IsSuccessStatusCode ? CommandResults.Success() : CommandResults.Failure("no"));
        },
    };
}
