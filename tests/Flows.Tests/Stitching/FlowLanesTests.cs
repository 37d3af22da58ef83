using Flows.Stitching;

namespace Flows.Tests.Stitching;

public sealed class FlowLanesTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void LongWait_IsFolded_AndTheRestStaysToScale()
    {
        var scale = new FoldedScale([Start, Ms(10), Ms(30), Ms(60_000), Ms(60_010)]);

        var fold = Assert.Single(scale.Folds);
        Assert.Equal(TimeSpan.FromMilliseconds(59_970), fold.Length);
        Assert.Equal(0, scale.At(Start));
        Assert.Equal(1, scale.At(Ms(60_010)), tolerance: 1e-9);
        var ten = scale.At(Ms(10));
        Assert.Equal(2 * ten, scale.At(Ms(30)) - ten, tolerance: 1e-9);
        Assert.Equal(ten, 1 - scale.At(Ms(60_000)), tolerance: 1e-9);
        Assert.Equal((fold.From + fold.To) / 2, scale.At(Ms(30 + (59_970 / 2.0))), tolerance: 1e-6);
    }

    [Fact]
    public void LabelsOfFoldsNextToEachOther_StandInTwoRows()
    {
        var scale = new FoldedScale([Start, Ms(10), Ms(60_000), Ms(260_000), Ms(1_000_000), Ms(1_000_010)]);

        Assert.Equal([false, true, false], scale.Folds.Select(fold => fold.IsRaised));
    }

    [Fact]
    public void ShortFlow_IsNotFolded() => Assert.Empty(new FoldedScale([Start, Ms(1), Ms(15), Ms(16)]).Folds);

    [Fact]
    public void ScaleWithoutTimes_IsZeroEverywhere() => Assert.Equal(0, new FoldedScale([]).At(Start));

    [Fact]
    public void Axis_HasRoundTimes_ToScale()
    {
        var ticks = TimeAxis.Of(new FoldedScale([Start, Ms(160), Ms(320), Ms(470)]));

        Assert.Equal(["0", "50 ms", "100 ms", "150 ms"], ticks.Take(4).Select(tick => tick.Label));
        Assert.Equal(100.0 / 470, ticks[2].At, tolerance: 1e-6);
    }

    [Fact]
    public void Axis_HasNoLabelInsideAFold_AndOneBehindIt()
    {
        var scale = new FoldedScale([Start, Ms(10), Ms(30), Ms(60_000), Ms(60_010)]);
        var fold = Assert.Single(scale.Folds);

        var ticks = TimeAxis.Of(scale);

        Assert.DoesNotContain(ticks, tick => tick.At > fold.From + 1e-9 && tick.At < fold.To - 1e-9);
        Assert.Equal("1 m 0.005 s", ticks.First(tick => tick.At >= fold.To).Label);
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(3)]
    [InlineData(2_500)]
    [InlineData(95_000)]
    [InlineData(9_000_000)]
    [InlineData(900_000_000)]
    public void Axis_OfAnyLength_HasAFewLabelsThatDoNotTouch(double ms)
    {
        var ticks = TimeAxis.Of(new FoldedScale([Start, .. Enumerable.Range(1, 4).Select(i => Ms(ms * i / 4))]));

        Assert.InRange(ticks.Count, 3, 11);
        Assert.Equal(ticks.Count, ticks.Select(tick => tick.Label).Distinct().Count());
        Assert.All(ticks.Zip(ticks.Skip(1)), pair => Assert.True(pair.Second.At - pair.First.At > 0.08));
    }

    [Fact]
    public void Axis_WithoutTimes_IsEmpty() => Assert.Empty(TimeAxis.Of(new FoldedScale([])));

    private static DateTimeOffset Ms(double ms) => Start.AddMilliseconds(ms);
}
