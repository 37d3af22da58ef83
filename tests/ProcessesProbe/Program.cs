using Hosting.Processes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// An AppHost that tests kill, with three servers and a program. It prints "Healthy" when all of them are healthy.
//   --Volume NAME    keeps the data in volumes of that name
//   --Persistent     lets the servers outlive AppHost
var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { Args = args, DisableDashboard = true });
var password = builder.AddParameter("password", "the-same-each-time", secret: true);
var database = builder.AddPostgres("database", password: password).RunAsProcess();
var things = database.AddDatabase("things");
var broker = builder.AddRabbitMQ("broker", password: password).RunAsProcess();
var store = builder.AddRedis("store", password: password).RunAsProcess();
builder.AddExecutable("program", "sh", ".", "-c", "sleep 1000 & sleep 1000").WaitFor(things).WaitFor(broker).WaitFor(store);

if (builder.Configuration["Volume"] is { Length: > 0 } volume)
{
    database.WithDataVolume($"{volume}-postgres");
    broker.WithDataVolume($"{volume}-rabbitmq");
    store.WithDataVolume($"{volume}-redis").WithArgs("--appendonly", "yes", "--appendfsync", "always");
}

if (builder.Configuration.GetValue("Persistent", defaultValue: false))
{
    database.WithLifetime(ContainerLifetime.Persistent);
    broker.WithLifetime(ContainerLifetime.Persistent);
    store.WithLifetime(ContainerLifetime.Persistent);
}

builder.Services.AddHostedService(services => new Announcer(services.GetRequiredService<ResourceNotificationService>()));
builder.Build().Run();

internal sealed class Announcer(ResourceNotificationService notifications) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await notifications.WaitForResourceAsync("program", KnownResourceStates.Running, stoppingToken);
        await Console.Out.WriteLineAsync("Healthy".AsMemory(), stoppingToken);
    }
}
