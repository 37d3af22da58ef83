namespace Hosting.Processes.Tests.Volumes;

// A separate class, because classes run in parallel and this test waits for half a minute.
public sealed class VolumeInUseTests
{
    [Fact(Explicit = true)]
    public async Task Volume_InUseByAnotherApplication_IsRefused()
    {
        using var volume = new TestVolume();
        await using var first = await Application.StartHealthyAsync(["store"], Add);
        await first.RedisAsync("store", redis => redis.StringSetAsync("note", "kept"));

        var console = await Application.RefusalAsync("store", Add);

        Assert.Contains($"The data in '{volume.Path}' is in use by another AppHost", console, StringComparison.Ordinal);
        Assert.Equal("kept", await first.RedisAsync("store", async redis => (string?)await redis.StringGetAsync("note")));

        void Add(IDistributedApplicationBuilder builder) => builder.AddRedis("store").WithDataVolume(volume).RunAsProcess();
    }
}
