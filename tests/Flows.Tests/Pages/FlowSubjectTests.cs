using Flows.Expectations;
using Flows.Pages.Parts;
using Flows.Tests.Scenarios;

namespace Flows.Tests.Pages;

public sealed class FlowSubjectTests
{
    private static readonly Guid Order = Guid.Parse("01990000-0000-7000-8000-000000000001");

    private static readonly ProcessDeclaration Process = new()
    {
        Process = "order",
        Steps = [new StepDeclaration { Message = "basket.basket-checked-out", From = "basket-api", To = ["ordering-api"] }],
    };

    private readonly StoredFlows _stored = new();

    [Fact]
    public void Order_HasItsProcessItsKey_AndTheRequestThatStartedIt()
    {
        _stored.Add(OrderFlow.Script(Order, StoredFlows.Start));

        var flow = _stored.Flows.Find($"{Order}")!;

        Assert.Equal(new FlowSubject("order", $"{Order}", "POST /checkout"), FlowSubject.Of(flow, [Process]));
        Assert.Equal("POST /checkout", FlowSubject.Of(flow, []).Name);
    }

    [Fact]
    public void FlowOfManyKeys_HasNone()
    {
        var script = new SpanScript(StoredFlows.Start);
        var seed = script.Server("catalog-api", "seed catalog", 0, 9);
        foreach (var product in (string[])["1", "2", "3"])
        {
            script.Create("catalog-api", new Message("catalog.product-changed", "event", $"m{product}", "seed", product), 1, seed);
        }

        _stored.Add(script.Build());

        Assert.Equal(new FlowSubject(null, null, "seed catalog"), FlowSubject.Of(_stored.Flows.Find("seed")!, [Process]));
    }

    [Theory]
    [InlineData("Npgsql.PostgresException: 42P01: no holds", "PostgresException: 42P01: no holds")]
    [InlineData("System.TimeoutException", "TimeoutException")]
    [InlineData("Shelf 9 is empty. Ask: whom?", "Shelf 9 is empty. Ask: whom?")]
    public void Error_IsShownWithoutTheNamespaceOfItsException(string error, string shown) => Assert.Equal(shown, FlowWords.Brief(error));
}
