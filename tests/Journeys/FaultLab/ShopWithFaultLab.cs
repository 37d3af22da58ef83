using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Servers;

namespace Journeys.FaultLab;

/// <summary>
/// Faults reach everyone who uses the shop, so its journeys run one after the other. One journey of each kind is part of every run, the
/// others run with tests/run-long.
/// </summary>
[CollectionDefinition("FaultLab", DisableParallelization = true)]
public sealed class FaultLabCollection : ICollectionFixture<ShopWithFaultLab>;

/// <summary>The whole system with the fault lab, used over its HTTP address.</summary>
public sealed partial class ShopWithFaultLab : Shop
{
    public HttpClient Lab { get; private set; } = null!;

    protected override string[] Settings => ["--Shop:FaultLab=true"];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Lab = new HttpClient { BaseAddress = new Uri(PrintedAddress().Match(Printed).Groups[1].Value) };

        // The first order takes seconds, because the services compile its code: longer than some faults last.
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var guest = await GuestAsync(deadline.Token);
        await guest.OrderReachesAsync(await guest.BuyAsync(productId: 57, quantity: 1, Cards.Good, deadline.Token), "Paid", deadline.Token);
    }

    /// <summary>Begins a fault, and returns what the person who asked for it reads.</summary>
    public async Task<string> BeginAsync(
        string resource, string fault, int seconds, CancellationToken cancellationToken, string arguments = "")
    {
        var (status, message) = await PostAsync(
            string.Create(CultureInfo.InvariantCulture, $"{resource}/{fault}?seconds={seconds}{arguments}"), cancellationToken);
        Assert.True(status == HttpStatusCode.OK, $"{fault} of {resource}: {(int)status} {message}");
        return message;
    }

    public async Task<(HttpStatusCode Status, string Message)> PostAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await Lab.PostAsync($"faults/{path}", content: null, cancellationToken);
        return (response.StatusCode, (string)(await response.Content.ReadFromJsonAsync<JsonNode>(cancellationToken))!["message"]!);
    }

    /// <summary>Whether the fault is running now, as the list of faults says.</summary>
    public async Task<bool> IsRunningAsync(string resource, string fault, CancellationToken cancellationToken) =>
        (await Lab.GetFromJsonAsync<JsonArray>("faults", cancellationToken))!
            .Single(row => (string)row!["resource"]! == resource && (string)row["fault"]! == fault)!["endsAt"] is not null;

    /// <summary>Waits until the fault has ended by itself.</summary>
    public Task EndsAsync(string resource, string fault, CancellationToken cancellationToken) => Eventually.TrueAsync(
        async () => !await IsRunningAsync(resource, fault, cancellationToken), () => $"{fault} of {resource} ends");

    public Task AllEndAsync(CancellationToken cancellationToken) => Eventually.TrueAsync(
        async () => (await Lab.GetFromJsonAsync<JsonArray>("faults", cancellationToken))!.All(row => row!["endsAt"] is null),
        () => "All faults end");

    public override async ValueTask DisposeAsync()
    {
        Lab.Dispose();
        await base.DisposeAsync();
    }

    [GeneratedRegex("Fault lab at (http://127.0.0.1:[0-9]+/)faults")]
    private static partial Regex PrintedAddress();
}
