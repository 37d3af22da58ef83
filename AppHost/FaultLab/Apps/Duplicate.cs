using Microsoft.AspNetCore.Http;

namespace AppHost.FaultLab.Apps;

internal sealed class Duplicate(string key) : AppFault("duplicate", "Fault: publish twice", "Copy", key)
{
    public override string Effect => "Each message that this app publishes is published twice.";

    public override string Expectation =>
        "In Flows, its messages have a second attempt with the outcome 'duplicate': the inbox of the receiver recognises the id. Each "
        + "order, charge and mail is there once.";

    protected override QueryString QueryOf(FaultCall call) => Seconds(call);
}
