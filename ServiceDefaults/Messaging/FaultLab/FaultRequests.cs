using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EventBus.Faults;
using EventBus.Transport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ServiceDefaults.Messaging.FaultLab;

/// <summary>
/// <c>POST /faults/…</c>, before everything else in the pipeline. For requests without AppHost's key, or from other machines, nothing is
/// there.
/// </summary>
internal sealed class FaultRequests(string key) : IStartupFilter
{
    private const string KeyHeader = "Fault-Lab-Key";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.MapWhen(IsAllowed, faults => faults.UsePathBase("/faults").UseRouting().UseEndpoints(routes =>
        {
            routes.MapPost("/fail", Fail);
            routes.MapPost("/duplicate", Duplicate);
            routes.MapPost("/reorder", Reorder);
            routes.MapPost("/poison", PoisonAsync);
            routes.MapPost("/send", SendAsync);
        }));
        next(app);
    };

    private bool IsAllowed(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/faults", StringComparison.Ordinal)
        && context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes($"{context.Request.Headers[KeyHeader]}"), Encoding.UTF8.GetBytes(key));

    private static Results<NoContent, BadRequest<string>> Fail(
        int seconds, int percent, BusFaults faults, TopologyPlan plan, string? type = null)
    {
        var handled = plan.Consumed.SelectMany(queue => queue.Types).Order(StringComparer.Ordinal).ToArray();
        if (type is not null && !handled.Contains(type))
        {
            return TypedResults.BadRequest($"It does not handle '{type}'. It handles {string.Join(", ", handled)}.");
        }

        faults.FailHandlers(type, percent, TimeSpan.FromSeconds(seconds));
        return TypedResults.NoContent();
    }

    private static NoContent Duplicate(int seconds, BusFaults faults)
    {
        faults.PublishTwice(TimeSpan.FromSeconds(seconds));
        return TypedResults.NoContent();
    }

    private static NoContent Reorder(int seconds, BusFaults faults)
    {
        faults.Reverse(TimeSpan.FromSeconds(seconds));
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, BadRequest<string>>> PoisonAsync(
        DirectSender sender, CancellationToken cancellationToken, string? type = null)
    {
        if (type is not null && !sender.Events.Contains(type))
        {
            return TypedResults.BadRequest($"It does not publish '{type}'. It publishes {string.Join(", ", sender.Events)}.");
        }

        await sender.PoisonAsync(type ?? sender.Events[0], cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, BadRequest<string>>> SendAsync(
        DirectSender sender, CancellationToken cancellationToken, string type = "", string body = "")
    {
        if (!sender.Types.Contains(type))
        {
            return TypedResults.BadRequest($"It does not send '{type}'. It sends {string.Join(", ", sender.Types)}.");
        }

        try
        {
            await sender.SendAsync(type, body, cancellationToken);
            return TypedResults.NoContent();
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException)
        {
            return TypedResults.BadRequest(fault.Message);
        }
    }
}
