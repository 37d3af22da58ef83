using System.Net;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Push;

internal static class HubClients
{
    /// <summary>Connects as a page of the shop does: over a WebSocket, without negotiation.</summary>
    /// <param name="shop">The replica that gets the connection.</param>
    /// <param name="address">The visitor's address. Default: none.</param>
    public static async Task<HubConnection> ConnectToHubAsync(this Shop shop, string? address = null)
    {
        var sockets = shop.Server.CreateWebSocketClient();
        sockets.ConfigureRequest = request =>
            request.HttpContext.Connection.RemoteIpAddress = address is null ? null : IPAddress.Parse(address);
        var connection = new HubConnectionBuilder()
            .WithUrl(
                new Uri(shop.Server.BaseAddress, "live"),
                options =>
                {
                    options.SkipNegotiation = true;
                    options.Transports = HttpTransportType.WebSockets;
                    options.WebSocketFactory = async (context, stop) => await sockets.ConnectAsync(context.Uri, stop);
                })
            .Build();
        try
        {
            await connection.StartAsync(TestContext.Current.CancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
