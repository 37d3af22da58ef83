using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AppHost.FaultLab.Apps;

/// <summary>
/// A fault inside an app, which the app itself begins and ends (<c>ServiceDefaults.Messaging.FaultLab</c>). If its process ends, the fault
/// ends too.
/// </summary>
/// <param name="name">The name of the command, and the path in the app.</param>
/// <param name="title">What the dashboard shows.</param>
/// <param name="icon">The name of a Fluent UI icon.</param>
/// <param name="key">What the app asks for.</param>
internal abstract class AppFault(string name, string title, string icon, string key) : Fault(name, title, icon)
{
    private const string KeyHeader = "Fault-Lab-Key";

    private const string MessageType = "type";

    /// <summary>The members of the query.</summary>
    /// <exception cref="FaultRefusedException">An argument cannot be used.</exception>
    protected abstract QueryString QueryOf(FaultCall call);

    public override async Task<IAsyncDisposable> BeginAsync(FaultCall call, CancellationToken cancellationToken)
    {
        var app = AddressOf(call);
        using var http = new HttpClient { DefaultRequestHeaders = { { KeyHeader, key } }, Timeout = TimeSpan.FromSeconds(10) };
        try
        {
            using var response = await http.PostAsync(
                new Uri($"{app}/faults/{Name}{QueryOf(call)}"), content: null, cancellationToken);
            if (response.StatusCode == HttpStatusCode.BadRequest)
            {
                throw new FaultRefusedException(
                    $"{call.Resource.Name}: {await response.Content.ReadFromJsonAsync<string>(cancellationToken)}");
            }

            response.EnsureSuccessStatusCode();
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
        {
            throw new FaultRefusedException($"{call.Resource.Name} did not take it: {fault.Message}");
        }

        return new EndOfFault(() => { });
    }

    // Its own address, behind the orchestrator's proxy: that one leads to any of its replicas.
    private static string AddressOf(FaultCall call) =>
        call.Services.GetRequiredService<ResourceNotificationService>().TryGetCurrentState(call.InstanceId, out var state)
        && state.Snapshot.EnvironmentVariables.FirstOrDefault(variable => variable.Name == "ASPNETCORE_URLS")?.Value is { } urls
            ? urls.Split(';')[0]
            : throw new FaultRefusedException($"{call.Resource.Name} is not running.");

    protected static QueryString Seconds(FaultCall call) => QueryString.Create("seconds", Text(call.Duration.TotalSeconds));

    protected static InteractionInput TypeInput(string label, string whenEmpty) => new()
    {
        Name = MessageType,
        Label = label,
        Description = $"As in ordering.order-placed. Empty: {whenEmpty}.",
        InputType = InputType.Text,
    };

    /// <summary>Nothing if the argument is empty.</summary>
    protected static QueryString Type(FaultCall call) => Optional(call, MessageType);

    /// <summary>Nothing if the argument is empty.</summary>
    protected static QueryString Optional(FaultCall call, string argument) =>
        call.Arguments.TryGetByName(argument, out var input) && !string.IsNullOrWhiteSpace(input.Value)
            ? QueryString.Create(argument, input.Value)
            : QueryString.Empty;

    protected static string Text(IFormattable number) => number.ToString(format: null, CultureInfo.InvariantCulture);
}
