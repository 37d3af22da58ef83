namespace AppHost.FaultLab;

/// <summary>A fault that a resource has a command for.</summary>
internal sealed record FaultAnnotation(Fault Fault) : IResourceAnnotation;
