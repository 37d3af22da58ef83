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
}
