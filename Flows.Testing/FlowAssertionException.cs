namespace Flows.Testing;

/// <summary>A flow is not as expected. The message contains the flow as text.</summary>
public sealed class FlowAssertionException : Exception
{
    /// <summary>Creates the exception without a flow.</summary>
    /// <param name="message">What was expected, and what is the case.</param>
    public FlowAssertionException(string message) : base(message)
    {
    }

    /// <summary>Creates the exception and adds the flow as text to its message.</summary>
    /// <param name="message">What was expected, and what is the case.</param>
    /// <param name="flow">The flow.</param>
    public FlowAssertionException(string message, Flow flow) : base($"{message}\n\n{flow}") => Flow = flow;

    /// <summary>The flow, or null if none was found.</summary>
    public Flow? Flow { get; }
}
