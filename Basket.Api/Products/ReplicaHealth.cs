using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Basket.Api.Products;

/// <summary>Not ready before the products are known for the first time: until then nothing can be put into a basket.</summary>
public sealed class ReplicaHealth(Replica replica) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await replica.IsCompleteAsync()
            ? HealthCheckResult.Healthy("All products are known.")
            : new HealthCheckResult(context.Registration.FailureStatus, "Waiting for Catalog to tell of its products.");
}
