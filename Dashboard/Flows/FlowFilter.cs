namespace Dashboard.Flows;

/// <summary>Which flows somebody wants to see. What is null does not narrow.</summary>
/// <param name="Text">Occurs in the flow's key, a business key, a trace id, a service or a message's type or key.</param>
public sealed record FlowFilter(string? Text = null, FlowState? State = null)
{
    public bool IsEmpty => this == new FlowFilter();

    public bool Matches(FlowView flow) => (State is null || flow.State == State) && (Text is null || IsKnownBy(flow));

    private bool IsKnownBy(FlowView flow) =>
        Has(flow.Key) || flow.Keys.Any(Has) || flow.Traces.Any(id => Has(id.ToString())) || flow.Services.Any(Has) || Has(flow.Root?.Name)
        || flow.Messages.Any(message => Has(message.Type) || Has(message.Key));

    private bool Has(string? value) => value?.Contains(Text!, StringComparison.OrdinalIgnoreCase) is true;
}
