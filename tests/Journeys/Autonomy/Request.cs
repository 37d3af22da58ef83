using System.Diagnostics;
using System.Net;

namespace Journeys.Autonomy;

/// <summary>A request of a client to one service.</summary>
/// <param name="Service">The service that answers.</param>
/// <param name="Name">What the client wants.</param>
/// <param name="Needs">The parts without which it cannot be answered, each with the reason, besides the service itself.</param>
/// <param name="Times">How often it is sent in one measurement.</param>
/// <param name="SendAsync">Sends it once.</param>
internal sealed record Request(
    string Service,
    string Name,
    IReadOnlyDictionary<string, string> Needs,
    int Times,
    Func<CancellationToken, Task<HttpResponseMessage>> SendAsync)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Why it need not be answered while a part does not work; null when it must be.</summary>
    public string? ExcuseFor(string part) => part == Service ? "it is the service itself" : Needs.GetValueOrDefault(part);

    /// <summary>Sends it several times, one after another; only once if it need not be answered.</summary>
    /// <param name="part">What does not work; null when everything does.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<Cell> MeasureAsync(string? part, CancellationToken cancellationToken)
    {
        var times = new List<double>();
        var faults = new List<string>();
        var count = part is not null && ExcuseFor(part) is not null ? 1 : Times;
        for (var i = 0; i < count && faults.Count == 0; i++)
        {
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            deadline.CancelAfter(Patience);
            var started = Stopwatch.GetTimestamp();
            try
            {
                using var answer = await SendAsync(deadline.Token);
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                if (answer.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Accepted or HttpStatusCode.NoContent))
                {
                    faults.Add($"{(int)answer.StatusCode}");
                }
            }
            catch (Exception fault) when (
                fault is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                faults.Add(fault is HttpRequestException ? "no connection" : $"no answer in {Patience.TotalSeconds} s");
            }
        }

        return new Cell(faults.Count == 0, faults.FirstOrDefault(), Quantile95(times));
    }

    private static double Quantile95(List<double> times) =>
        times.Count == 0 ? double.NaN : times.Order().ElementAt((int)Math.Ceiling(times.Count * 0.95) - 1);
}

/// <param name="IsAnswered">Every request succeeded.</param>
/// <param name="Fault">The first failure.</param>
/// <param name="Milliseconds">95 of 100 answers took at most so long.</param>
internal sealed record Cell(bool IsAnswered, string? Fault, double Milliseconds);
