using Microsoft.AspNetCore.Http;

namespace AppHost.FaultLab.Apps;

internal sealed class SendMessage(string key) : AppFault("send", "Fault lab: send a test message", "Send", key)
{
    private const string Body = "body";

    public override string Effect => "This app sends the message, past its outbox.";

    public override string Expectation =>
        "In Flows, it is the newest one on the page Messages, and what its receivers do is a flow. They take its data as true: a price "
        + "with a high version, for example, hides later prices until the copies are filled again.";

    public override bool Lasts => false;

    public override IReadOnlyList<InteractionInput> Arguments =>
    [
        TypeInput("Type of message", "the types of this app are listed"),
        new InteractionInput
        {
            Name = Body,
            Label = "Body",
            Description = "JSON. Empty: an example is shown.",
            InputType = InputType.Text,
            MaxLength = 100_000,
        },
    ];

    protected override QueryString QueryOf(FaultCall call) => Type(call) + Optional(call, Body);
}
