using EventBus.Consuming;

namespace EventBus.Tests.Consuming;

public sealed class KeyedDispatcherTests
{
    private readonly KeyedDispatcher<string> _dispatcher = new(item => item[..1], item => item.EndsWith('+'));

    [Fact]
    public async Task SameKey_WaitsForTheMessageInWork_AndKeepsItsOrder()
    {
        Add("a1", "a2", "b1", "a3", "c1");

        Assert.Equal(["a1", "b1", "c1"], [await TakeAsync(), await TakeAsync(), await TakeAsync()]);
        _dispatcher.Done("a1");
        Assert.Equal("a2", await TakeAsync());
        _dispatcher.Done("a2");
        Assert.Equal("a3", await TakeAsync());
    }

    [Fact]
    public async Task KeyThatIsDone_IsFreeAgain()
    {
        Add("a1");
        Assert.Equal("a1", await TakeAsync());
        _dispatcher.Done("a1");

        Add("a2");
        Assert.Equal("a2", await TakeAsync());
    }

    [Fact]
    public async Task Batch_HasWhatIsReadyAndMayGoTogether_UpToTheLimit()
    {
        Add("a1+", "a2+", "b1", "c1+", "d1+", "e1+");

        Assert.Equal(["a1+", "c1+", "d1+"], await _dispatcher.TakeBatchAsync(limit: 3, TestContext.Current.CancellationToken));
        Assert.Equal("b1", await TakeAsync());
        _dispatcher.Done("a1+");
        Assert.Equal(["e1+", "a2+"], await _dispatcher.TakeBatchAsync(limit: 3, TestContext.Current.CancellationToken));
    }

    private void Add(params string[] items) => Array.ForEach(items, _dispatcher.Add);

    /// <summary>Waits in vain where nothing is ready.</summary>
    private async Task<string> TakeAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        return await _dispatcher.TakeAsync(deadline.Token);
    }
}
