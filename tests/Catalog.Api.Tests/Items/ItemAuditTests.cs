using System.Net.Http.Json;
using Catalog.Api.Tests.Setup;

namespace Catalog.Api.Tests.Items;

/// <summary>What the audit log has about changes of products: who did what, by ids only.</summary>
public sealed class ItemAuditTests(SharedApp shared)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EachChangeOfAnAdministrator_IsInTheAuditLog()
    {
        await using var app = await CatalogApp.StartAsync(shared.Servers, [], Stop);
        var id = await app.NewProductAsync(stock: 10, Stop);

        foreach (var body in new[]
        {
            CatalogApp.Body("Specimen 1", stock: 10), CatalogApp.Body("Specimen 1", price: 25m, stock: 10),
            CatalogApp.Body("Other specimen", price: 25m, stock: 12),
        })
        {
            using var revised = await app.Admin.PutAsJsonAsync($"api/catalog/items/{id}", body, Stop);
            revised.EnsureSuccessStatusCode();
        }

        using var deleted = await app.Admin.DeleteAsync($"api/catalog/items/{id}", Stop);
        using var again = await app.Admin.DeleteAsync($"api/catalog/items/{id}", Stop);
        using var denied = await app.User.DeleteAsync("api/catalog/items/1", Stop);

        var admin = app.AdminId;
        Assert.Equal(
            [
                $"ProductCreated UserId={admin} ProductId={id}",
                $"PriceChanged UserId={admin} ProductId={id} OldPrice=20.00 NewPrice=25",
                $"ProductChanged UserId={admin} ProductId={id}",
                $"StockChanged UserId={admin} ProductId={id} AvailableStock=12",
                $"ProductDiscontinued UserId={admin} ProductId={id}",
                $"AccessForbidden UserId={app.UserId} Method=DELETE Route=/api/catalog/items/{{id:int}} Client=",
            ],
            app.Telemetry.Audited);
    }
}
