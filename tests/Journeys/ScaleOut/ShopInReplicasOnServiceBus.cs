namespace Journeys.ScaleOut;

/// <summary>The whole system with two processes of each app, on a Service Bus namespace of the tests.</summary>
public sealed class ShopInReplicasOnServiceBus : ShopOnServiceBus
{
    protected override string[] Settings => [.. base.Settings, $"--Shop:Replicas={ShopInReplicas.Replicas}"];
}
