using Microsoft.AspNetCore.Http;

namespace AppHost.FaultLab.Apps;

internal sealed class Reorder(string key) : AppFault("reorder", "Fault: reorder", "ArrowSort", key)
{
    public override string Effect => "What arrives in this app within a second is handled in reverse order.";

    public override string Expectation =>
        "In Flows, each message waits up to a second more as received. An older version that arrives after a newer one has the outcome "
        + "'stale' and changes nothing: change a price twice to see it.";

    protected override QueryString QueryOf(FaultCall call) => Seconds(call);
}
