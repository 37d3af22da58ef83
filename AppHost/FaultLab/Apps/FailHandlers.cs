using Microsoft.AspNetCore.Http;

namespace AppHost.FaultLab.Apps;

internal sealed class FailHandlers(string key) : AppFault("fail", "Fault: fail handlers", "ErrorCircle", key)
{
    private static readonly NumberArgument Percent = new("percent", "Percent", "How many of the messages", Default: 50, Most: 100);

    public override string Effect =>
        "Some of the messages that this app receives fail at the end of their handlers, at each attempt. Their transactions are rolled "
        + "back.";

    public override string Expectation =>
        "In Flows, these messages show failed attempts (HandlerFaultException) and retry delays of 5 s, 30 s and more. After the end, "
        + "their next attempt succeeds, and what they did is there once. A message with five failed attempts would become a dead letter.";

    public override IReadOnlyList<InteractionInput> Arguments =>
        [.. base.Arguments, Percent.ToInput(), TypeInput("Type of message", "all")];

    protected override QueryString QueryOf(FaultCall call) =>
        Seconds(call).Add(Percent.Name, Text(Percent.In(call.Arguments))) + Type(call);
}
