namespace Flows.Stitching;

/// <summary>A period without events, drawn narrower than to scale. Positions are fractions of the drawing's width.</summary>
/// <param name="IsRaised">Whether its label stands one row higher, because that of the fold before it is in its way.</param>
public sealed record Fold(double From, double To, TimeSpan Length, bool IsRaised);

/// <summary>
/// A time scale with folded waits: a flow that waits two minutes for shipment still shows the milliseconds of the payment. A wait is folded
/// if it takes more than its share of the width.
/// </summary>
public sealed class FoldedScale
{
    private const int MaxFolds = 8;
    private const double FoldWidth = 0.045;
    private const double LabelWidth = 0.12;
    private const double Share = 0.35;
    private static readonly TimeSpan ShortestFold = TimeSpan.FromMilliseconds(100);

    private readonly DateTimeOffset[] _moments;
    private readonly double[] _at;

    public FoldedScale(IEnumerable<DateTimeOffset> moments)
    {
        _moments = [.. moments.Distinct().Order()];
        _at = new double[_moments.Length];
        var folded = ChooseFolds();
        var shown = Gaps().Where((_, i) => !folded.Contains(i)).Sum(gap => gap.TotalMicroseconds);
        var room = 1 - (folded.Count * FoldWidth);
        var folds = new List<Fold>();
        var stretches = new List<(DateTimeOffset, DateTimeOffset)>();
        var stretchFrom = Start;
        for (var i = 1; i < _moments.Length; i++)
        {
            var gap = _moments[i] - _moments[i - 1];
            if (folded.Contains(i - 1))
            {
                _at[i] = _at[i - 1] + FoldWidth;
                var isCrowded = folds is [.., { IsRaised: false } before] && _at[i] - before.To < LabelWidth;
                folds.Add(new Fold(_at[i - 1], _at[i], gap, isCrowded));
                stretches.Add((stretchFrom, _moments[i - 1]));
                stretchFrom = _moments[i];
            }
            else
            {
                _at[i] = _at[i - 1] + (shown > 0 ? room * gap.TotalMicroseconds / shown : 0);
            }
        }

        if (_moments.Length > 0)
        {
            stretches.Add((stretchFrom, _moments[^1]));
        }

        FullWidth = TimeSpan.FromMicroseconds(shown / room);
        Folds = folds;
        Stretches = stretches;
    }

    public IReadOnlyList<Fold> Folds { get; }

    /// <summary>The periods between the folds, which are to scale.</summary>
    public IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> Stretches { get; }

    public DateTimeOffset Start => _moments.Length == 0 ? default : _moments[0];

    /// <summary>The time that the width of the drawing would take without folds.</summary>
    public TimeSpan FullWidth { get; }

    public double At(DateTimeOffset moment)
    {
        if (_moments.Length == 0 || moment <= _moments[0])
        {
            return 0;
        }

        if (moment >= _moments[^1])
        {
            return 1;
        }

        var found = Array.BinarySearch(_moments, moment);
        if (found >= 0)
        {
            return _at[found];
        }

        var next = ~found;
        var part = (moment - _moments[next - 1]) / (_moments[next] - _moments[next - 1]);
        return _at[next - 1] + (part * (_at[next] - _at[next - 1]));
    }

    private IEnumerable<TimeSpan> Gaps() => _moments.Zip(_moments.Skip(1), (from, to) => to - from);

    private HashSet<int> ChooseFolds()
    {
        var gaps = Gaps().ToList();
        var folded = new HashSet<int>();
        var total = TimeSpan.FromTicks(gaps.Sum(gap => gap.Ticks));
        var byLength = gaps.Select((gap, i) => (Gap: gap, Index: i)).OrderByDescending(pair => pair.Gap);
        foreach (var (gap, index) in byLength.Take(MaxFolds))
        {
            if (gap < ShortestFold || gap < total * Share || gap == total)
            {
                break;
            }

            folded.Add(index);
            total -= gap;
        }

        return folded;
    }
}
