using Servers;

namespace Journeys.Autonomy;

/// <summary>Which requests each service answers while another part does not work. Takes minutes, so it runs with tests/run-long.</summary>
[Collection("Outages")]
public sealed class AutonomyJourneys(Shop shop)
{
    private static readonly (string Part, Failure Failure)[] Outages =
    [
        .. from part in (string[])
            ["catalog-api", "basket-api", "ordering-api", "webapp", "messaging", "basketstore", "cache", "mail-sink", "postgres"]
            from failure in (Failure[])[Failure.Stopped, Failure.Frozen]
            select (part, failure),
        .. from database in (string[])["catalogdb", "orderingdb", "identitydb"] select (database, Failure.Refused),
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    public async Task Each_service_answers_its_clients_while_another_part_does_not_work_and_completes_what_it_accepted()
    {
        using var requests = await ClientRequests.PrepareAsync(shop, Stop);
        var table = new AutonomyTable(requests.All);
        await requests.PrepareOutageAsync(Stop);
        await MeasureAllAsync(requests, part: null);
        await requests.CompleteAsync(Stop);
        foreach (var (part, failure) in Outages)
        {
            await requests.PrepareOutageAsync(Stop);
            IReadOnlyList<Cell> cells;
            await using (await Outage.BeginAsync(shop.App, part, failure, Stop))
            {
                cells = await MeasureAllAsync(requests, part);
            }

            table.Add(part, failure, cells, await requests.CompleteAsync(Stop));
            await Task.WhenAll(Shop.Apps.Select(app => shop.AnswersHealthyAsync(app, Stop)));
            TestContext.Current.SendDiagnosticMessage($"{part} {failure}: {string.Join(", ", cells)}");
        }

        if (Environment.GetEnvironmentVariable("WRITE_AUTONOMY") is "true")
        {
            await File.WriteAllTextAsync(Repository.PathOf("docs/autonomy.md"), table.Write(), Stop);
        }

        Assert.Empty(table.Faults);
    }

    private static async Task<IReadOnlyList<Cell>> MeasureAllAsync(ClientRequests requests, string? part)
    {
        var cells = new List<Cell>();
        foreach (var request in requests.All)
        {
            cells.Add(await request.MeasureAsync(part, Stop));
        }

        return cells;
    }
}
