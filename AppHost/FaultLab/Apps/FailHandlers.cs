using Microsoft.AspNetCore.Http;

namespace AppHost.FaultLab.Apps;

internal sealed class FailHandlers(string key) : AppFault("fail", "Fault: fail handlers", "ErrorCircle", key)
{
    private const string Percent = "percent";
    private const int Default = 50;

    public override string Effect =>
        "Some of the messages that this app receives fail at the end of their handlers, at each attempt. Their transactions are rolled "
        + "back.";

    public override string Expectation =>
        "In Flows, these messages show failed attempts (HandlerFaultException) and retry delays of 5 s, 30 s and more. After the end, "
        + "their next attempt succeeds, and what they did is there once. A message with five failed attempts would become a dead letter.";

    public override IReadOnlyList<InteractionInput> Arguments =>
    [
        .. base.Arguments,
        new InteractionInput
        {
            Name = Percent,
            Label = "Percent",
            Description = "How many of the messages: 1 to 100.",
            InputType = InputType.Number,
            Value = Text(Default),
        },
        new InteractionInput
        {
            Name = MessageType,
            Label = "Type of message",
            Description = "As in ordering.order-placed. Empty: all.",
            InputType = InputType.Text,
        },
    ];

    protected override QueryString QueryOf(FaultCall call) =>
        Seconds(call).Add(Percent, Text(call.Arguments.Number(Percent, Default, 1, 100))) + Type(call);
}
