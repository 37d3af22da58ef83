namespace Benchmarks.Soak;

/// <summary>How fast a value grows: a line fitted through samples by least squares.</summary>
/// <param name="PerHour">The slope, in units of the value per hour.</param>
/// <param name="Error">The standard error of the slope. A value that does not grow has a slope of less than twice its error.</param>
internal sealed record Trend(double PerHour, double Error)
{
    /// <summary>
    /// One slope for several series, each with its own start: the memory of a part whose process was replaced. Null if there are too few
    /// samples.
    /// </summary>
    /// <param name="series">Samples of each series: hours since the start of the measurement, and the value.</param>
    public static Trend? Of(IEnumerable<IReadOnlyList<(double Hours, double Value)>> series)
    {
        var centred = series.Where(samples => samples.Count > 1).SelectMany(Centre).ToArray();
        var groups = series.Count(samples => samples.Count > 1);
        var spread = centred.Sum(sample => sample.Hours * sample.Hours);
        var freedom = centred.Length - groups - 1;
        if (freedom < 1 || spread == 0)
        {
            return null;
        }

        var slope = centred.Sum(sample => sample.Hours * sample.Value) / spread;
        var residuals = centred.Sum(sample => Math.Pow(sample.Value - (slope * sample.Hours), 2));
        return new Trend(slope, Math.Sqrt(residuals / freedom / spread));
    }

    private static IEnumerable<(double Hours, double Value)> Centre(IReadOnlyList<(double Hours, double Value)> samples)
    {
        var (hours, value) = (samples.Average(sample => sample.Hours), samples.Average(sample => sample.Value));
        return samples.Select(sample => (sample.Hours - hours, sample.Value - value));
    }
}
