using System.Globalization;
using System.Text;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace AppHost.Tests.Model;

/// <summary>The containers as Aspire would run them. Nothing is started.</summary>
public sealed class ServerModelTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Containers_EqualTheStoredList()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            ["--Shop:Servers=containers"], Stop);

        StringBuilder list = new();
        foreach (var container in builder.Resources.Where(resource => resource.IsContainer()))
        {
            await DescribeAsync(container, builder.ExecutionContext, list);
        }

        Assert.Equal(
            await File.ReadAllTextAsync(Repository.PathOf("tests", "AppHost.Tests", "Model", "containers.txt"), Stop), list.ToString());
    }

    [Fact]
    public async Task Containers_WithoutVolumes_HaveNone()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            ["--Shop:Servers=containers", "--Shop:Volumes=false"], Stop);

        Assert.DoesNotContain(builder.Resources, resource => resource.Annotations.OfType<ContainerMountAnnotation>().Any());
    }

    [Theory]
    [InlineData("containers")]
    [InlineData("managed")]
    public async Task Apps_GetTheSameConnectionStrings(string servers)
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            [$"--Shop:Servers={servers}"], Stop);

        var names = await Task.WhenAll(builder.Resources.OfType<ProjectResource>().Select(async app =>
            $"{app.Name}: {string.Join(' ', (await EnvironmentOfAsync(app, builder.ExecutionContext)).Where(IsConnectionString))}"));

        Assert.Contains("basket-api: ConnectionStrings__basketstore ConnectionStrings__messaging", names);
        Assert.Contains("catalog-api: ConnectionStrings__catalogdb ConnectionStrings__messaging", names);
        Assert.Contains("ordering-api: ConnectionStrings__messaging ConnectionStrings__orderingdb", names);
        Assert.Contains(
            "webapp: ConnectionStrings__cache ConnectionStrings__identitydb ConnectionStrings__mail ConnectionStrings__messaging", names);
    }

    [Theory]
    [InlineData("containers")]
    [InlineData("managed")]
    public async Task ServiceBus_IsOneConnectionStringForAllApps_AndNoServer(string servers)
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            [$"--Shop:Servers={servers}", "--Shop:Broker=servicebus"], Stop);

        Assert.Equal("messaging", Assert.Single(builder.Resources, resource => resource.Name.Contains("messaging")).Name);
        Assert.Empty(builder.Resources.OfType<RabbitMQServerResource>());
        foreach (var app in builder.Resources.OfType<ProjectResource>().Where(app => app.Name is "webapp" or "catalog-api"))
        {
            var names = await EnvironmentOfAsync(app, builder.ExecutionContext);
            Assert.Contains("ConnectionStrings__messaging", names);
            Assert.DoesNotContain(names, name => name.StartsWith("EventBus__", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("false", false)]
    [InlineData("true", true)]
    public async Task FaultCommands_AreThere_OnlyWithTheFaultLab(string lab, bool expected)
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            ["--Shop:Servers=containers", $"--Shop:FaultLab={lab}"], Stop);

        var frozen = builder.Resources
            .Where(resource => resource.Annotations.OfType<ResourceCommandAnnotation>().Any(command => command.Name == "freeze"))
            .Select(resource => resource.Name).Order(StringComparer.Ordinal);

        string[] parts = ["basket-api", "basketstore", "cache", "catalog-api", "messaging", "ordering-api", "postgres", "webapp"];
        Assert.Equal(expected ? parts : [], frozen);
        Assert.Equal(
            expected, builder.Services.Any(service => $"{service.ImplementationType}".Contains("FaultLab", StringComparison.Ordinal)));
    }

    private static bool IsConnectionString(string name) => name.StartsWith("ConnectionStrings__", StringComparison.Ordinal);

    private static async Task DescribeAsync(IResource container, DistributedApplicationExecutionContext execution, StringBuilder list)
    {
        list.Append(container.Name).Append('\n');

        var image = container.Annotations.OfType<ContainerImageAnnotation>().Last();
        list.Append(CultureInfo.InvariantCulture, $"  image: {image.Registry}/{image.Image}:{image.Tag}\n");

        // The name of a volume starts with AppHost's name and a hash of its path, which differs by machine.
        foreach (var mount in container.Annotations.OfType<ContainerMountAnnotation>())
        {
            var name = mount.Source![mount.Source!.IndexOf(container.Name, StringComparison.Ordinal)..];
            list.Append(CultureInfo.InvariantCulture, $"  {mount.Type.ToString().ToLowerInvariant()}: …{name} at {mount.Target}\n");
        }

        foreach (var endpoint in container.Annotations.OfType<EndpointAnnotation>())
        {
            list.Append(CultureInfo.InvariantCulture, $"  endpoint: {endpoint.Name} {endpoint.UriScheme} {endpoint.TargetPort}\n");
        }

        list.Append(CultureInfo.InvariantCulture, $"  environment: {string.Join(' ', await EnvironmentOfAsync(container, execution))}\n");

        CommandLineArgsCallbackContext arguments = new([], container, Stop) { ExecutionContext = execution };
        foreach (var callback in container.Annotations.OfType<CommandLineArgsCallbackAnnotation>())
        {
            await callback.Callback(arguments);
        }

        // Run mode: Aspire hands the arguments to /bin/sh as one command, which expands $REDIS_PASSWORD.
        if (arguments.Args.Count > 0)
        {
            string?[] command = [(container as ContainerResource)?.Entrypoint, .. arguments.Args.Select(argument => argument.ToString())];
            list.Append(CultureInfo.InvariantCulture, $"  command: {string.Join(' ', command.OfType<string>())}\n");
        }
    }

    private static async Task<IEnumerable<string>> EnvironmentOfAsync(IResource resource, DistributedApplicationExecutionContext execution)
    {
        EnvironmentCallbackContext environment = new(execution, resource, cancellationToken: Stop);
        foreach (var callback in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            await callback.Callback(environment);
        }

        return environment.EnvironmentVariables.Keys.Order(StringComparer.Ordinal);
    }
}
