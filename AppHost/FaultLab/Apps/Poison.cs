using Microsoft.AspNetCore.Http;

namespace AppHost.FaultLab.Apps;

internal sealed class Poison(string key) : AppFault("poison", "Fault: publish a poison message", "Warning", key)
{
    public override string Effect => "This app publishes one event whose body no receiver can read.";

    public override string Expectation =>
        "In Flows, it is a dead letter of each receiver at its first attempt, with the reason 'bad body'; other messages pass it. It stays "
        + "until you discard it on the page Dead letters.";

    public override bool Lasts => false;

    public override IReadOnlyList<InteractionInput> Arguments => [TypeInput("Type of event", "one with required consumers")];

    protected override QueryString QueryOf(FaultCall call) => Type(call);
}
