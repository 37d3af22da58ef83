using EventBus;
using Next = BusProbe.Tomorrow.BusProbe;

namespace BusProbe;

/// <summary>
/// A build of the probe: the shape in which it knows the messages. Two builds run side by side while one replaces the other.
/// </summary>
internal interface IBuild
{
    object Changed(int order, long version);

    object Taken(int order, long version);

    void DeclareSales(EventBusBuilder bus);

    void DeclareStock(EventBusBuilder bus, bool inBatches);
}

internal sealed class TodaysBuild : IBuild
{
    public object Changed(int order, long version) => new OrderChanged(order, version);

    public object Taken(int order, long version) => new StockTaken(order, version);

    public void DeclareSales(EventBusBuilder bus) => bus
        .Publishes<OrderChanged>(e => $"{e.OrderId}", requiredBy: ["stock-api"]).Subscribe<StockTaken, NoteTaken>();

    public void DeclareStock(EventBusBuilder bus, bool inBatches) => bus
        .Subscribe<OrderChanged, TakeStock>(inBatches).Publishes<StockTaken>(e => $"{e.OrderId}", requiredBy: ["sales-api"]);
}

internal sealed class TomorrowsBuild : IBuild
{
    public object Changed(int order, long version) => new Next.OrderChanged(order, version, "sold by tomorrow's build");

    public object Taken(int order, long version) => new Next.StockTaken(order, version, "taken by tomorrow's build");

    public void DeclareSales(EventBusBuilder bus) => bus
        .Publishes<Next.OrderChanged>(e => $"{e.OrderId}", requiredBy: ["stock-api"]).Subscribe<Next.StockTaken, NoteTaken>();

    public void DeclareStock(EventBusBuilder bus, bool inBatches) => bus
        .Subscribe<Next.OrderChanged, TakeStock>(inBatches).Publishes<Next.StockTaken>(e => $"{e.OrderId}", requiredBy: ["sales-api"]);
}
