using System.Net;

namespace Journeys;

/// <summary>The dead letters of every service, through the gateway.</summary>
public sealed class DeadLetterJourneys(Shop shop)
{
    private static readonly (HttpMethod Method, string Path)[] Routes =
    [
        (HttpMethod.Get, ""),
        (HttpMethod.Get, "/messages"),
        (HttpMethod.Get, "/messages/1"),
        (HttpMethod.Post, "/messages/1/replay"),
        (HttpMethod.Delete, "/messages/1"),
        (HttpMethod.Post, "/groups/1/replay"),
        (HttpMethod.Delete, "/groups/1"),
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("catalog-api")]
    [InlineData("basket-api")]
    [InlineData("ordering-api")]
    [InlineData("webapp")]
    public async Task Dead_letters_are_for_admins_only(string service)
    {
        using var anyone = new HttpClient { BaseAddress = shop.Address };
        var guest = await shop.GuestAsync(Stop);
        var customer = await shop.NewCustomerAsync(Stop);
        var admin = await shop.AdminAsync(Stop);

        foreach (var (method, route) in Routes)
        {
            var path = $"api/dead-letters/{service}{route}";
            Assert.Equal((path, HttpStatusCode.Unauthorized), (path, await StatusAsync(anyone, method, path)));
            Assert.Equal((path, HttpStatusCode.Forbidden), (path, await StatusAsync(guest.Api, method, path)));
            Assert.Equal((path, HttpStatusCode.Forbidden), (path, await StatusAsync(customer.Api, method, path)));
        }

        // Until the broker has started, the answer is 503.
        await shop.App.ResourceNotifications.WaitForResourceHealthyAsync("messaging", Stop);
        foreach (var route in new[] { "", "/messages" })
        {
            await SucceedsAsync(admin.Api, $"api/dead-letters/{service}{route}");
        }
    }

    private static async Task SucceedsAsync(HttpClient http, string path)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        deadline.CancelAfter(TimeSpan.FromMinutes(1));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        HttpStatusCode status;
        while ((status = await StatusAsync(http, HttpMethod.Get, path)) == HttpStatusCode.ServiceUnavailable)
        {
            await timer.WaitForNextTickAsync(deadline.Token);
        }

        Assert.Equal((path, HttpStatusCode.OK), (path, status));
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        using var response = await http.SendAsync(request, Stop);
        return response.StatusCode;
    }
}
