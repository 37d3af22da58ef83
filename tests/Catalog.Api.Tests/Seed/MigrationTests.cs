using System.Net;
using System.Net.Sockets;
using Catalog.Api.Tests.Setup;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Catalog.Api.Tests.Seed;

public sealed class MigrationTests(SharedApp shared)
{
    private const int Products = 104;
    private const int Refusals = 3;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Replicas_WithoutADatabase_CreateItAndSeedItOnce()
    {
        using var tokens = new TestTokens();
        var database = shared.Servers.MissingDatabase();
        var messaging = await shared.Servers.CreateVirtualHostAsync(Stop);
        var replicas = Enumerable.Range(0, 4).Select(_ => CatalogApp.CreateFactory(tokens, database, messaging)).ToArray();

        try
        {
            await Task.WhenAll(replicas.Select(replica => Task.Run(replica.StartServer, Stop)));

            await using var scope = replicas[0].Services.CreateAsyncScope();
            Assert.Equal(Products, await scope.ServiceProvider.GetRequiredService<CatalogContext>().Products.CountAsync(Stop));
        }
        finally
        {
            await Task.WhenAll(replicas.Select(replica => replica.DisposeAsync().AsTask()));
        }
    }

    [Fact]
    public async Task Start_BeforePostgreSqlAnswers_WaitsForIt()
    {
        using var tokens = new TestTokens();
        var postgres = new NpgsqlConnectionStringBuilder(shared.Servers.MissingDatabase());
        var (host, port) = (postgres.Host!, postgres.Port);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        (postgres.Host, postgres.Port) = ("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port);
        var forwarding = ForwardAfterRefusalsAsync(listener, host, port);

        await using var app = CatalogApp.CreateFactory(
            tokens, postgres.ConnectionString, await shared.Servers.CreateVirtualHostAsync(Stop));
        await Task.Run(app.StartServer, Stop);

        Assert.False(forwarding.IsFaulted);
    }

    private static async Task ForwardAfterRefusalsAsync(TcpListener listener, string host, int port)
    {
        for (var connections = 0; ; connections++)
        {
            var client = await listener.AcceptTcpClientAsync(Stop);
            if (connections < Refusals)
            {
                client.Dispose();
                continue;
            }

            var server = new TcpClient();
            await server.ConnectAsync(host, port, Stop);
            _ = client.GetStream().CopyToAsync(server.GetStream(), Stop);
            _ = server.GetStream().CopyToAsync(client.GetStream(), Stop);
        }
    }
}
