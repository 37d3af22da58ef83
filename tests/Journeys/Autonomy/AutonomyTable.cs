using System.Globalization;
using System.Text;
using Servers;

namespace Journeys.Autonomy;

/// <summary>The results as a page of documentation.</summary>
internal sealed class AutonomyTable(IReadOnlyList<Request> requests)
{
    private readonly List<(string Part, Failure Failure, IReadOnlyList<Cell> Cells, int Completed)> _rows = [];

    /// <summary>A request that must be answered was not, or too slowly.</summary>
    public IEnumerable<string> Faults =>
        from row in _rows
        from measured in requests.Zip(row.Cells)
        where IsRed(row.Part, measured.First, measured.Second)
        select $"{row.Part} {row.Failure}: {measured.First.Service}, {measured.First.Name}: {measured.Second}";

    public void Add(string part, Failure failure, IReadOnlyList<Cell> cells, int completed) => _rows.Add((part, failure, cells, completed));

    public string Write()
    {
        var text = new StringBuilder();
        text.AppendLine("""
            # Autonomy

            Each row is a part of the shop that does not work: its process is stopped, or frozen (it accepts connections and answers
            nothing), or the database refuses connections. Each column is a request of a client to one service, sent while the part does not
            work. A number is the time in milliseconds within which 95 of 100 answers came. A dash means that the request needs the part;
            the reason is below. *Completed* counts the orders and cancellations that were accepted during the outage, and reached their end
            without help once the part worked again: all of them.

            `tests/Journeys/Autonomy` measures it on the running shop, and fails if a request that does not need the part fails, or takes
            longer than a second. `WRITE_AUTONOMY=true tests/run-long autonomy` writes this page.

            """.ReplaceLineEndings());
        var names = requests.Select(request => $"{request.Service}: {request.Name}");
        text.AppendLine(CultureInfo.InvariantCulture, $"| | {string.Join(" | ", names)} | completed |");
        text.AppendLine(CultureInfo.InvariantCulture, $"| --- |{string.Concat(requests.Select(_ => " ---: |"))} ---: |");
        foreach (var row in _rows)
        {
            var cells = requests.Zip(row.Cells, (request, cell) => TextOf(row.Part, request, cell));
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {row.Part} {NameOf(row.Failure)} | {string.Join(" | ", cells)} | {row.Completed} |");
        }

        text.AppendLine().AppendLine("What a request needs, besides the service that answers it:").AppendLine();
        foreach (var request in requests)
        {
            var needs = string.Join("; ", request.Needs.GroupBy(need => need.Value).Select(
                reason => $"{string.Join(", ", reason.Select(need => need.Key))} ({reason.Key})"));
            text.AppendLine(CultureInfo.InvariantCulture, $"- **{request.Service}: {request.Name}**: {needs}.");
        }

        return text.ToString();
    }

    private static bool IsRed(string part, Request request, Cell cell) =>
        request.ExcuseFor(part) is null && (!cell.IsAnswered || cell.Milliseconds > 1000);

    private static string TextOf(string part, Request request, Cell cell) => cell switch
    {
        { IsAnswered: true } when request.ExcuseFor(part) is null => cell.Milliseconds.ToString("0", CultureInfo.InvariantCulture),
        _ when request.ExcuseFor(part) is null => $"**{cell.Fault}**",
        _ => "–",
    };

    private static string NameOf(Failure failure) => failure switch
    {
        Failure.Stopped => "stopped",
        Failure.Frozen => "frozen",
        _ => "refuses connections",
    };
}
