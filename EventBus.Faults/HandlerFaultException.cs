namespace EventBus.Faults;

/// <summary>Thrown instead of a handler's success.</summary>
public sealed class HandlerFaultException(string type)
    : Exception($"The fault lab lets this handler of {type} fail. What it did was rolled back.");
