namespace EventBus.Failure;

/// <summary>The store did not answer before the handler was called: the fault is not the handler's, whatever the message is.</summary>
internal sealed class StoreUnavailableException(Exception fault) : Exception(fault.Message, fault);
