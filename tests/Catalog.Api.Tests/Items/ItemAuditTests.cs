using System.Net.Http.Headers;
using System.Net.Http.Json;
using Catalog.Api.Tests.Setup;
using Contracts.Audit;

namespace Catalog.Api.Tests.Items;

/// <summary>What the audit log, and that of the back office, have about changes of products: who did what, by ids only.</summary>
public sealed class ItemAuditTests(SharedApp shared)
{
    private static readonly string Picture = Repository.PathOf("WebApp", "wwwroot", "icons", "shop-512.png");

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

    [Fact]
    public async Task EachChangeOfAnAdministrator_IsSentToTheBackOffice_WithTheChange()
    {
        await using var app = await CatalogApp.StartAsync(shared.Servers, [], Stop);
        var id = await app.NewProductAsync(stock: 10, Stop);
        foreach (var body in new[]
        {
            CatalogApp.Body("Specimen 1", price: 25m, stock: 10), CatalogApp.Body("Other specimen", price: 25m, stock: 12),
        })
        {
            using var revised = await app.Admin.PutAsJsonAsync($"api/catalog/items/{id}", body, Stop);
            revised.EnsureSuccessStatusCode();
        }

        for (var again = 0; again < 2; again++)
        {
            using var picture = new ByteArrayContent(await File.ReadAllBytesAsync(Picture, Stop));
            picture.Headers.ContentType = new MediaTypeHeaderValue("image/png");
            using var shown = await app.Admin.PutAsync($"api/catalog/items/{id}/pic", picture, Stop);
            shown.EnsureSuccessStatusCode();
        }

        using var refused = await app.Admin.PutAsJsonAsync($"api/catalog/items/{id}", CatalogApp.Body("", stock: 1), Stop);
        using var denied = await app.User.DeleteAsync($"api/catalog/items/{id}", Stop);
        using var deleted = await app.Admin.DeleteAsync($"api/catalog/items/{id}", Stop);

        await app.Others.ReceivesAsync<RecordAction>("audit.record-action", action => action.Action == "product.discontinued");
        RecordAction Of(string action, string name, string? detail = null) => new(app.AdminId, $"product.{action}", $"{id}", name, detail);
        Assert.Equal(
            [
                Of("created", "Specimen 1"), Of("price-changed", "Specimen 1", "20.00 → 25.00 EUR"), Of("changed", "Other specimen"),
                Of("stock-changed", "Other specimen", "12"), Of("picture-changed", "Other specimen"), Of("discontinued", "Other specimen"),
            ],
            app.Others.Received<RecordAction>("audit.record-action"));
    }
}
