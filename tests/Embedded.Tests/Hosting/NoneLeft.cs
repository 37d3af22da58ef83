using Aspire.Hosting.Processes;

namespace Embedded.Tests.Hosting;

internal static class NoneLeft
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Waits until no process of a run is there: one that was killed is so for a moment.</summary>
    public static async Task OfAsync(string runId, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (MarkedWith(runId) is { Length: > 0 } left)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, $"Left of the run: {string.Join(", ", left)}.");
            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
        }
    }

    private static int[] MarkedWith(string runId) =>
    [
        .. ProcStat.All().Select(stat => stat.Id).Where(id =>
        {
            try
            {
                return File.ReadAllText($"/proc/{id}/environ").Split('\0').Contains($"{Leftovers.Mark}={runId}");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }),
    ];
}
