using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Basket.Api.Products;

/// <summary>Not ready while the replica is incomplete: products that are not loaded yet cannot be put into a basket.</summary>
public sealed class ReplicaHealth(Replica replica) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await replica.IsCompleteAsync()
            ? HealthCheckResult.Healthy("The products of Catalog are loaded.")
            : new HealthCheckResult(context.Registration.FailureStatus, "Loading the products from Catalog.");
}
