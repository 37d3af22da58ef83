namespace Flows.Testing;

/// <summary>
/// A time scale in characters. Long periods without events are cut to a few characters, so that short times stay visible.
/// </summary>
internal sealed class TextScale
{
    private const int Width = 56;
    private const int CutWidth = 2;

    // A gap is cut if it takes more than this share of the time that is left.
    private const double Share = 0.35;

    private readonly DateTimeOffset[] _moments;
    private readonly double[] _at;
    private readonly HashSet<int> _cuts;

    public TextScale(IEnumerable<DateTimeOffset> moments)
    {
        _moments = [.. moments.Distinct().Order()];
        var gaps = _moments.Zip(_moments.Skip(1), (from, to) => (to - from).TotalMicroseconds).ToArray();
        _cuts = ChooseCuts(gaps);
        var shown = gaps.Where((_, i) => !_cuts.Contains(i)).Sum();
        var room = Width - (_cuts.Count * CutWidth);
        _at = new double[_moments.Length];
        for (var i = 0; i < gaps.Length; i++)
        {
            _at[i + 1] = _at[i] + (_cuts.Contains(i) ? CutWidth : shown > 0 ? room * gaps[i] / shown : 0);
        }
    }

    /// <summary>Draws periods; each has at least one character.</summary>
    public string Draw(IEnumerable<(DateTimeOffset From, DateTimeOffset To, char Mark)> parts)
    {
        var line = new string(' ', Width).ToCharArray();
        foreach (var (from, to, mark) in parts.Where(part => part.To > part.From))
        {
            var first = Math.Min((int)At(from), Width - 1);
            var last = Math.Clamp((int)Math.Ceiling(At(to)) - 1, first, Width - 1);
            Array.Fill(line, mark, first, last - first + 1);
        }

        foreach (var cut in _cuts)
        {
            Array.Fill(line, '~', (int)_at[cut], CutWidth);
        }

        return new string(line);
    }

    private double At(DateTimeOffset moment)
    {
        var found = Array.BinarySearch(_moments, moment);
        if (found >= 0)
        {
            return _at[found];
        }

        var next = ~found;
        if (next == 0 || next == _moments.Length)
        {
            return next == 0 ? 0 : Width;
        }

        var part = (moment - _moments[next - 1]) / (_moments[next] - _moments[next - 1]);
        return _at[next - 1] + (part * (_at[next] - _at[next - 1]));
    }

    private static HashSet<int> ChooseCuts(double[] gaps)
    {
        var cuts = new HashSet<int>();
        var left = gaps.Sum();
        foreach (var (index, gap) in gaps.Index().OrderByDescending(pair => pair.Item))
        {
            if (gap < left * Share || gap >= left || cuts.Count == 8)
            {
                break;
            }

            cuts.Add(index);
            left -= gap;
        }

        return cuts;
    }
}
