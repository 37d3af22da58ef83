using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Security;

/// <summary>Forms that another site sends for a visitor.</summary>
public sealed class FormTests(TestServers servers)
{
    [Fact]
    public async Task EveryAddressThatTakesAForm_RefusesOneWithoutItsToken()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        shop.Fakes.WithCatalog().WithBasket(Things.Basket());
        var admin = new Browser(shop);
        await admin.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);
        var calls = shop.Fakes.Calls.Count;
        var addresses = AddressesOfForms(shop).ToArray();

        foreach (var address in addresses)
        {
            using var refused = await admin.PostAsync(
                address, ("productId", "1"), ("quantity", "1"), ("theme", "dark"), ("_handler", "change"), ("Form.Price", "0.01"));

            // A form with a file is another type of body, which routing refuses before.
            var expected = address == "/admin/products/1/picture" ? HttpStatusCode.UnsupportedMediaType : HttpStatusCode.BadRequest;
            Assert.Equal((address, expected), (address, refused.StatusCode));
        }

        Assert.Superset(
            new HashSet<string> { "/basket/add", "/checkout", "/sign-in", "/register", "/sign-out", "/theme", "/admin/products/1" },
            addresses.ToHashSet());
        Assert.DoesNotContain(shop.Fakes.Calls.Skip(calls), call => !call.Call.StartsWith("GET", StringComparison.Ordinal)
            && !call.Call.EndsWith("/Get", StringComparison.Ordinal));
    }

    // Programs call the addresses below /api with a token instead of a cookie, and the gateway removes cookies.
    private static IEnumerable<string> AddressesOfForms(Shop shop) =>
        from endpoint in shop.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        where endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains(HttpMethods.Post) is true
        let address = RouteAddress.Of(endpoint.RoutePattern)
        where !address.StartsWith("/api/", StringComparison.Ordinal) && !address.StartsWith("/live", StringComparison.Ordinal)
        select address;
}
