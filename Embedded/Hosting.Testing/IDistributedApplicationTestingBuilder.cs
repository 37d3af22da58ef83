namespace Aspire.Hosting.Testing;

/// <summary>A builder whose application a test starts, asks and throws away.</summary>
public interface IDistributedApplicationTestingBuilder : IDistributedApplicationBuilder, IAsyncDisposable, IDisposable
{
    /// <summary>Builds the application as the model is now.</summary>
    Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default);
}
