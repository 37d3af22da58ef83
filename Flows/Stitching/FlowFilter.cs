namespace Flows.Stitching;

/// <summary>A filter for flows. A null property does not restrict the result.</summary>
/// <param name="Text">Searched in the flow's key, business keys, trace ids, services, and the types and keys of messages.</param>
public sealed record FlowFilter(string? Text = null, FlowState? State = null)
{
    public bool IsEmpty => this == new FlowFilter();

    public bool Matches(FlowView flow) => (State is null || flow.State == State) && (Text is null || IsKnownBy(flow));

    private bool IsKnownBy(FlowView flow) =>
        Has(flow.Key) || flow.Keys.Any(Has) || flow.Traces.Any(id => Has(id.ToString())) || flow.Services.Any(Has) || Has(flow.Root?.Name)
        || flow.Messages.Any(message => Has(message.Type) || Has(message.Key));

    private bool Has(string? value) => value?.Contains(Text!, StringComparison.OrdinalIgnoreCase) is true;
}
