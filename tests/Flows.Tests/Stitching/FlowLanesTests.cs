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
    public void ShortFlow_IsNotFolded() => Assert.Empty(new FoldedScale([Start, Ms(1), Ms(15), Ms(16)]).Folds);

    [Fact]
    public void ScaleWithoutTimes_IsZeroEverywhere() => Assert.Equal(0, new FoldedScale([]).At(Start));

    private static DateTimeOffset Ms(double ms) => Start.AddMilliseconds(ms);
}
