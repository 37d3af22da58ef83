namespace Flows.Stitching;

/// <summary>A filter for flows. A null property does not restrict the result.</summary>
/// <param name="Text">
/// Searched in services and types of messages; or the flow's key, one of its business keys or trace ids or the key of a message, whole or
/// by its first four characters or more.
/// </param>
public sealed record FlowFilter(string? Text = null, FlowState? State = null)
{
    public bool IsEmpty => this == new FlowFilter();

    public bool Matches(FlowView flow) => (State is null || flow.State == State) && (Text is null || IsKnownBy(flow));

    private bool IsKnownBy(FlowView flow) =>
        IsKey(flow.Key) || flow.Keys.Any(IsKey) || flow.Traces.Any(id => IsKey(id.ToString())) || flow.Services.Any(Has)
        || Has(flow.Root?.Name) || flow.Messages.Any(message => Has(message.Type) || IsKey(message.Key));

    private bool IsKey(string? key) => KeySearch.Finds(Text!, key);

    private bool Has(string? value) => value?.Contains(Text!, StringComparison.OrdinalIgnoreCase) is true;
}
