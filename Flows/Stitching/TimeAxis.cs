using System.Globalization;

namespace Flows.Stitching;

/// <summary>A labelled time, counted from the start. The position is a fraction of the drawing's width.</summary>
public sealed record Tick(double At, string Label);

/// <summary>The labels of a folded time scale: round times in the parts that are to scale, and none inside a fold.</summary>
public static class TimeAxis
{
    // Wide enough for "59.99 s" in the narrowest drawing.
    private const double Apart = 0.1;
    private const double LastLabel = 0.965;

    private static readonly TimeSpan[] Steps =
    [
        .. from power in Enumerable.Range(0, 7)
           from digit in (int[])[1, 2, 5]
           select TimeSpan.FromMicroseconds(digit * Math.Pow(10, power)),
        .. from seconds in (int[])[10, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200, 21_600, 86_400, 172_800, 432_000]
           select TimeSpan.FromSeconds(seconds),
    ];

    public static IReadOnlyList<Tick> Of(FoldedScale scale)
    {
        var ticks = new List<Tick>();
        var step = Array.Find(Steps, candidate => candidate >= scale.FullWidth * Apart);
        foreach (var (from, to) in scale.Stretches)
        {
            var before = ticks.Count;
            if (step > TimeSpan.Zero)
            {
                var steps = (long)Math.Ceiling((from - scale.Start) / step);
                for (var since = steps * step; scale.Start + since <= to; since += step)
                {
                    Add(since, step);
                }
            }

            // Too short for a round time: the reader still has to know where it is after a fold.
            if (ticks.Count == before)
            {
                Add(from - scale.Start, step / 10);
            }
        }

        return ticks;

        void Add(TimeSpan since, TimeSpan unit)
        {
            var at = scale.At(scale.Start + since);
            if (at <= LastLabel && (ticks.Count == 0 || at - ticks[^1].At >= Apart * 0.9))
            {
                ticks.Add(new Tick(at, LabelOf(since, unit)));
            }
        }
    }

    /// <summary>With as many digits as the <paramref name="unit"/> needs.</summary>
    private static string LabelOf(TimeSpan since, TimeSpan unit)
    {
        if (since == TimeSpan.Zero)
        {
            return "0";
        }

        if (since < TimeSpan.FromSeconds(1))
        {
            return $"{Number(since.TotalMilliseconds, unit.TotalMilliseconds)} ms";
        }

        if (since < TimeSpan.FromMinutes(1))
        {
            return $"{Number(since.TotalSeconds, unit.TotalSeconds)} s";
        }

        var minutes = since < TimeSpan.FromHours(1) ? $"{since.Minutes} m" : $"{(int)since.TotalHours} h {since.Minutes:00} m";
        return unit >= TimeSpan.FromMinutes(1) ? minutes : $"{minutes} {Number(since.TotalSeconds % 60, unit.TotalSeconds)} s";
    }

    private static string Number(double value, double unit)
    {
        var digits = unit >= 1 || unit <= 0 ? 0 : Math.Min(3, (int)Math.Ceiling(-Math.Log10(unit) - 1e-9));
        return value.ToString($"F{digits}", CultureInfo.InvariantCulture);
    }
}
