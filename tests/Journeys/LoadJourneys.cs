using System.Text.Json.Nodes;
using Aspire.Hosting.ApplicationModel;

namespace Journeys;

/// <summary>The load generator of AppHost. No other journey runs at the same time, because it compares the stock with the orders.</summary>
[Collection(nameof(Alone))]
public sealed class LoadJourneys(Shop shop)
{
    private const string Load = "load";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [CollectionDefinition(nameof(Alone), DisableParallelization = true)]
    public sealed class Alone;

    [Fact]
    public async Task After_a_load_with_cancellations_and_declined_cards_the_books_are_right()
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        deadline.CancelAfter(Patience);
        var started = await shop.App.ResourceCommands.ExecuteCommandAsync(Load, KnownResourceCommands.StartCommand, deadline.Token);
        Assert.True(started.Success, started.Message);
        await shop.App.ResourceNotifications.WaitForResourceAsync(Load, KnownResourceStates.Running, deadline.Token);
        using var http = new HttpClient { BaseAddress = shop.AddressOf(Load) };

        await AnswersAsync(http, deadline.Token);
        using var faster = await http.PostAsync("rate?perSecond=10", content: null, deadline.Token);
        faster.EnsureSuccessStatusCode();
        await CountsAsync(http, "checkout to paid", 20, deadline.Token);
        using var finished = await http.PostAsync("finish", content: null, deadline.Token);
        finished.EnsureSuccessStatusCode();

        var ended = await shop.App.ResourceNotifications.WaitForResourceAsync(
            Load, resource => resource.Snapshot.ExitCode is not null, deadline.Token);
        Assert.Equal(0, ended.Snapshot.ExitCode);
    }

    private static async Task AnswersAsync(HttpClient http, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await http.GetStringAsync("alive", cancellationToken);
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
            }
        }
    }

    private static async Task CountsAsync(HttpClient http, string operation, int count, CancellationToken cancellationToken)
    {
        while (true)
        {
            var report = await http.GetFromJsonAsync<JsonArray>("report", cancellationToken);
            if (report!.Any(row => (string?)row!["operation"] == operation && (int)row["count"]! >= count))
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), cancellationToken);
        }
    }
}
