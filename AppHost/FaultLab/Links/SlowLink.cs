namespace AppHost.FaultLab.Links;

/// <summary>Delays what apps and a server send each other.</summary>
internal sealed class SlowLink(Link link) : Fault("slow-link", "Fault: slow down the link", "TopSpeed")
{
    private static readonly NumberArgument Milliseconds = new("milliseconds", "Milliseconds", "The delay", Default: 200, Most: 5000);

    public override string Effect => "What apps and this server send each other is delayed, in each direction.";

    public override string Expectation =>
        "In Flows, the handlers that ask this server become longer (or, with the broker, the time in outbox and broker), and the Overview "
        + "shows the slow steps. Pages become slow, and nothing fails before its timeout.";

    public override IReadOnlyList<InteractionInput> Arguments => [.. base.Arguments, Milliseconds.ToInput()];

    public override Task<IAsyncDisposable> BeginAsync(FaultCall call, CancellationToken cancellationToken)
    {
        link.Delay = TimeSpan.FromMilliseconds(Milliseconds.In(call.Arguments));
        return Task.FromResult<IAsyncDisposable>(new EndOfFault(() => link.Delay = TimeSpan.Zero));
    }
}
