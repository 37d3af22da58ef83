using Flows.Stitching;
using Flows.Tests.Scenarios;

namespace Flows.Tests.Stitching;

public sealed class DiagramTests
{
    [Fact]
    public void Mermaid_DeclaresServicesAndQueues_AndDrawsEachAttempt()
    {
        var stored = new StoredFlows();
        stored.AddMessage(
            "one", 0,
            new Handling("catalog-api", 0, 1, 2, 3, 4, "retried", Error: "Locked."),
            new Handling("catalog-api", 0, 1, 5_002, 5_003, 5_004, "handled", 2, RetryDelay: 5_000));

        var diagram = Diagrams.Mermaid(stored.Flows.Find("one")!);

        Assert.Equal(
            """
            sequenceDiagram
                participant Q0 as queue catalog-api
                participant S1 as ordering-api
                participant S2 as catalog-api
                S1-)Q0: ordering.order-paid
                Q0->>S2: ordering.order-paid (retried)
                Q0->>S2: ordering.order-paid (handled)

            """,
            diagram);
    }

    [Fact]
    public void Mermaid_ShowsWhatTheFlowWaitsFor_AndWhatIsScheduled()
    {
        var stored = new StoredFlows();
        var script = new SpanScript(StoredFlows.Start);
        var request = script.Server("ordering-api", "POST", 0, 10);
        var paid = new Message("ordering.order-paid", "event", "m1", "one", "one", RequiredBy: ["catalog-api"]);
        script.Create("ordering-api", paid, 1, request);
        script.Create("ordering-api", new Message("ordering.expire-order", "command", "m2", "one", "one"), 2, request, dueAt: 600_000);
        stored.Add(script.Build());

        var diagram = Diagrams.Mermaid(stored.Flows.Find("one")!);

        Assert.Equal(
            """
            sequenceDiagram
                participant Q0 as queue catalog-api
                participant S1 as ordering-api
                S1-)Q0: ordering.order-paid (not received yet)
                Note over S1: ordering.expire-order (to be sent at 2026-03-01 12.10.00 UTC)

            """,
            diagram);
    }
}
