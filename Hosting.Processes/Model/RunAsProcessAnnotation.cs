namespace Hosting.Processes.Model;

/// <summary>Marks a server that runs as a process.</summary>
internal sealed record RunAsProcessAnnotation : IResourceAnnotation;
