using EventBus.Consuming;

namespace EventBus.Tests.Consuming;

public sealed class KeyedDispatcherTests
{
    private readonly KeyedDispatcher<string> _dispatcher = new(item => item[..1]);

    [Fact]
    public void SameKey_WaitsForTheOneThatIsOut_AndKeepsItsOrder()
    {
        foreach (var item in new[] { "a1", "a2", "b1", "a3" })
        {
            _dispatcher.Add(item);
        }

        Assert.Equal(["a1", "b1"], TakeAll());
        _dispatcher.Done("a1");
        Assert.Equal(["a2"], TakeAll());
        _dispatcher.Done("a2");
        Assert.Equal(["a3"], TakeAll());
    }

    [Fact]
    public void KeyThatIsDone_IsFreeAgain()
    {
        _dispatcher.Add("a1");
        Assert.Equal(["a1"], TakeAll());
        _dispatcher.Done("a1");

        _dispatcher.Add("a2");
        Assert.Equal(["a2"], TakeAll());
    }

    private List<string> TakeAll()
    {
        var taken = new List<string>();
        while (_dispatcher.TryTake(out var item))
        {
            taken.Add(item);
        }

        return taken;
    }
}
