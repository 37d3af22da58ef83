namespace AppHost.FaultLab;

/// <summary>One use of a fault.</summary>
/// <param name="Resource">The resource that has the command.</param>
/// <param name="InstanceId">Its running instance, as Aspire names it.</param>
/// <param name="Duration">When the fault ends.</param>
/// <param name="Arguments">What the person entered.</param>
/// <param name="Services">AppHost's services.</param>
internal sealed record FaultCall(
    IResource Resource, string InstanceId, TimeSpan Duration, InteractionInputCollection Arguments, IServiceProvider Services);
