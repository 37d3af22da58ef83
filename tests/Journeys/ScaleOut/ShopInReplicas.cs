namespace Journeys.ScaleOut;

/// <summary>The whole system with two processes of each app.</summary>
public sealed class ShopInReplicas : Shop
{
    public const int Replicas = 2;

    protected override string[] Settings => [$"--Shop:Replicas={Replicas}"];
}
