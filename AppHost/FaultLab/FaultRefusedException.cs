namespace AppHost.FaultLab;

/// <summary>The fault cannot begin. The message is shown to the person who asked for it.</summary>
internal sealed class FaultRefusedException(string message) : Exception(message);
