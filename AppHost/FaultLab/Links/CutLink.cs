namespace AppHost.FaultLab.Links;

/// <summary>Cuts the connections of the apps to a server.</summary>
internal sealed class CutLink(Link link) : Fault("cut-link", "Fault: cut the link", "PlugDisconnected")
{
    public override string Effect =>
        "All connections of apps to this server are reset, and new ones too. The server itself runs on.";

    public override string Expectation =>
        "In Flows, messages that need it wait: in the outbox without the broker, received without a database. They go on within seconds "
        + "after the end. For requests, see docs/autonomy.md.";

    public override Task<IAsyncDisposable> BeginAsync(FaultCall call, CancellationToken cancellationToken)
    {
        link.Cut();
        return Task.FromResult<IAsyncDisposable>(new EndOfFault(link.Restore));
    }
}
