using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Servers;

namespace Journeys;

public sealed class StartJourneys(Shop shop)
{
    [Fact]
    public async Task AppHost_says_when_the_shop_is_ready_and_where() => await Eventually.TrueAsync(
        () => shop.Printed.Contains($"Shop is ready at {shop.Address.ToString().TrimEnd('/')}", StringComparison.Ordinal),
        "AppHost prints the address");

    [Fact]
    public void Apps_run_from_their_build_output() => Assert.All(
        shop.App.Services.GetRequiredService<DistributedApplicationModel>().Resources.OfType<ProjectResource>(),
        app => Assert.Contains(app.Annotations, annotation => annotation is ExecutableAnnotation));
}
