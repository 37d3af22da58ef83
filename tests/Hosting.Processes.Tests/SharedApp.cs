[assembly: AssemblyFixture(typeof(Hosting.Processes.Tests.SharedApp))]

namespace Hosting.Processes.Tests;

/// <summary>All three servers, and a program that waits for them, started once for all tests that do not change them.</summary>
public sealed class SharedApp : IAsyncLifetime
{
    public const string Password = "Secret-of-these-tests-93";
    public const string OddPassword = "it's \"odd\" $HOME \\new `x` {y}";

    internal DistributedApplication App { get; private set; } = null!;

    public async ValueTask InitializeAsync() => App = await Application.StartHealthyAsync(["things", "broker", "store", "open"], Add);

    public ValueTask DisposeAsync() => App?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static void Add(IDistributedApplicationBuilder builder)
    {
        var password = builder.AddParameter("password", Password, secret: true);
        var odd = builder.AddParameter("odd", OddPassword, secret: true);
        var database = builder.AddPostgres("database", password: odd).RunAsProcess();
        var things = database.AddDatabase("things");
        database.AddDatabase("others", "Other Things");
        var broker = builder.AddRabbitMQ("broker", password: password).WithManagementPlugin().RunAsProcess();
        var store = builder.AddRedis("store", password: odd).RunAsProcess();
        builder.AddRedis("open").WithPassword(null).RunAsProcess();
        builder.AddExecutable("program", "sh", ".", "-c", "exec sleep 1000")
            .WithReference(things)
            .WaitFor(things)
            .WaitFor(broker)
            .WaitFor(store);
    }
}
