using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AppHost.FaultLab;

/// <summary>
/// The commands over HTTP, on loopback: <c>GET /faults</c> lists them, <c>POST /faults/{resource}/{fault}?seconds=20</c> executes one.
/// </summary>
internal sealed class FaultEndpoint(
    DistributedApplicationModel model, RunningFaults running, ResourceCommandService commands, IConfiguration configuration)
    : IHostedService, IAsyncDisposable
{
    private const int Port = 5109;

    private WebApplication? _web;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var port = configuration.GetValue("DcpPublisher:RandomizePorts", defaultValue: false) ? 0 : Port;
        builder.Configuration["urls"] = $"http://127.0.0.1:{port}";
        _web = builder.Build();
        _web.Use(RefuseBrowsers);
        _web.MapGet("/faults", List);
        _web.MapPost("/faults/{resource}/{fault}", ExecuteAsync);
        try
        {
            await _web.StartAsync(cancellationToken);
        }
        catch (IOException occupied)
        {
            throw new DistributedApplicationException($"The fault lab cannot listen at port {port}: {occupied.Message}", occupied);
        }

        Console.WriteLine($"Fault lab at {_web.Urls.Single()}/faults");
    }

    public Task StopAsync(CancellationToken cancellationToken) => _web?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _web?.DisposeAsync() ?? ValueTask.CompletedTask;

    // A page of a stranger in the developer's browser could send the same requests. A browser says where a request comes from, and a name
    // that a stranger's DNS maps to this machine is not that of the machine.
    private static Task RefuseBrowsers(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (request.Host.Host is "127.0.0.1" or "localhost" && !request.Headers.ContainsKey("Origin")
            && !request.Headers.ContainsKey("Sec-Fetch-Site"))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private IEnumerable<FaultView> List() =>
        from resource in model.Resources
        from annotation in resource.Annotations.OfType<FaultAnnotation>()
        let fault = annotation.Fault
        orderby resource.Name, fault.Name
        select new FaultView(
            resource.Name, fault.Name, $"{fault.Effect} {fault.Expectation}",
            [.. fault.Arguments.Select(input => input.Name)],
            running.EndOf(resource, fault));

    private async Task<IResult> ExecuteAsync(string resource, string fault, HttpRequest request, CancellationToken cancellationToken)
    {
        if (model.Resources.FirstOrDefault(part => part.Name == resource) is not { } part
            || List().FirstOrDefault(view => view.Resource == resource && view.Fault == fault) is not { } known)
        {
            return Results.NotFound(new FaultAnswer($"{resource} has no fault '{fault}'. GET /faults lists all."));
        }

        if (request.Query.Keys.Except(known.Arguments).ToArray() is [var unknown, ..])
        {
            return Results.BadRequest(new FaultAnswer(
                $"'{fault}' has no argument '{unknown}'. Its arguments are {string.Join(", ", known.Arguments)}."));
        }

        var inputs = request.Query.Select(
            value => new InteractionInput { Name = value.Key, InputType = InputType.Text, Value = value.Value });
        var result = await commands.ExecuteCommandAsync(
            part, fault, new InteractionInputCollection([.. inputs]), cancellationToken);

        // Of several replicas, Aspire returns no message of success.
        return result.Success
            ? Results.Ok(new FaultAnswer(result.Message is { Length: > 0 } message ? message : known.Description))
            : Results.Conflict(new FaultAnswer(result.Message ?? "The command failed."));
    }

    private sealed record FaultAnswer(string Message);

    /// <param name="Resource">The part that it breaks.</param>
    /// <param name="Fault">The name of the command.</param>
    /// <param name="Description">What happens, and what to see.</param>
    /// <param name="Arguments">Members of the query, all optional.</param>
    /// <param name="EndsAt">When it ends; null if it is not running.</param>
    private sealed record FaultView(
        string Resource, string Fault, string Description, IReadOnlyList<string> Arguments, DateTimeOffset? EndsAt);
}
