using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Npgsql;
using ServiceDefaults.Api;
using WebApp.Storefront.Errors;

namespace WebApp.Tests.Storefront;

public sealed class PageFaultsTests
{
    private static readonly Exception Outage = new NpgsqlException("down", new System.Net.Sockets.SocketException());

    [Theory]
    [InlineData("/orders", true, StatusCodes.Status503ServiceUnavailable)]
    [InlineData("/api/identity/token", false, StatusCodes.Status200OK)]
    public async Task Outage_OfTheDatabase_BecomesAPageForPeople_AndIsLeftToProblemDetailsForPrograms(
        string path, bool isHandled, int status)
    {
        var context = new DefaultHttpContext { Request = { Path = path, Method = HttpMethods.Post } };

        var handled = await new PageFaults(Options.Create(new StoreOutage()))
            .TryHandleAsync(context, Outage, TestContext.Current.CancellationToken);

        Assert.Equal((isHandled, status), (handled, context.Response.StatusCode));
    }

    [Fact]
    public async Task Bug_IsLeftToTheErrorPage() =>
        Assert.False(await new PageFaults(Options.Create(new StoreOutage())).TryHandleAsync(
            new DefaultHttpContext(), new InvalidOperationException(), TestContext.Current.CancellationToken));
}
