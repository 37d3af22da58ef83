using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Basket.Grpc;
using Grpc.Core;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Telemetry;

/// <summary>What WebApp logs and exports about its visitors.</summary>
public sealed class PersonalDataTests(TestServers servers)
{
    private const string Mark = "PII-MARK";
    private const string Number = "5555 5555 5555 4444";

    private static readonly string[] Secrets = [Mark, Number, "5555555555554444", "Bearer ey"];

    private static readonly (string, string)[] Checkout =
    [
        ("Form.Name", $"{Mark} Ada"), ("Form.Email", $"{Mark}@example.com"), ("Form.Street", $"1 {Mark} Road"), ("Form.ZipCode", Mark),
        ("Form.City", Mark), ("Form.State", Mark), ("Form.Country", "Portugal"), ("Form.CardNumber", Number),
        ("Form.CardHolder", $"{Mark} Ada"), ("Form.Expiration", "12/40"), ("Form.SecurityCode", "987"),
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Account_ThatIsOpenedOrRefused_PutsNothingPersonalIntoLogsAndSpans()
    {
        await using var shop = await Shop.OpenAsync(servers);
        shop.Fakes.WithCatalog().WithBasket(Things.Basket());
        var (visitor, other) = (new Browser(shop), new Browser(shop));
        await visitor.RegisterAsync($"{Mark}@example.com", $"{Mark} and some good words");
        await other.RegisterAsync($"{Mark}@example.com", $"{Mark} and some good words");
        await other.RegisterAsync($"{Mark} is no address", Mark);
        await other.SignInAsync($"{Mark}@example.com", $"{Mark} wrong");
        await other.SignInAsync($"{Mark}-unknown@example.com", $"{Mark} wrong");
        using var http = shop.CreateClient();
        foreach (var body in new object[]
        {
            new { name = $"{Mark} Ada", email = $"{Mark}2@example.com", password = $"{Mark} and some good words" },
            new { name = $"{Mark} Ada", email = $"{Mark}2@example.com", password = $"{Mark} and some good words" },
            new { name = new[] { Mark }, email = Mark, password = Mark },
        })
        {
            using var answer = await http.PostAsJsonAsync("/api/identity/register", body, Stop);
        }

        await shop.ConfirmAsync(http, $"{Mark}2@example.com", $"{Mark} and some good words");
        await other.GetAsync("/forgot-password");
        await other.SubmitAsync("/forgot-password", ("Form.Email", $"{Mark}@example.com"));
        var mail = await shop.Mail.ReceivedAsync($"{Mark}@example.com", "Choose a new password");
        await other.GetAsync(mail.Path);

        using var token = await http.PostAsJsonAsync(
            "/api/identity/token", new { email = $"{Mark}2@example.com", password = $"{Mark} and some good words" }, Stop);

        var accessToken = (string)(await token.Content.ReadFromJsonAsync<JsonNode>(Stop))!["accessToken"]!;
        await shop.Telemetry.SpansAsync(spans => spans.Any(span => span.GetTagItem("http.route") is "/api/identity/token"));
        Assert.Empty(shop.Telemetry.Find([.. Secrets, accessToken]));
        Assert.DoesNotContain(shop.Telemetry.Find(mail.Path.Split("secret=")[1]), told => !IsSwitchedOff(told));
    }

    [Fact]
    public async Task Checkout_ThatWorksOrFails_PutsNothingPersonalIntoLogsAndSpans()
    {
        await using var shop = await Shop.OpenAsync(servers);
        shop.Fakes.WithCatalog().WithBasket(Things.Basket(Things.Line())).Grpc("AddItem", Things.Basket(Things.Line()));
        var buyer = new Browser(shop);
        await buyer.GetAsync("/products/1");
        await buyer.SubmitAsync("/basket/add");
        await buyer.GetAsync("/checkout");

        shop.Fakes.GrpcRefusal("Checkout", StatusCode.InvalidArgument, "Please check.", ("error-buyeremail", "Enter an e-mail address."));
        await buyer.SubmitAsync("/checkout", Checkout);
        shop.Fakes.GrpcRefusal("Checkout", StatusCode.Unavailable, "away");
        await buyer.SubmitAsync("/checkout", Checkout);
        shop.Fakes.Grpc("Checkout", new CheckoutReply { OrderId = $"{Guid.CreateVersion7()}" });
        using var bought = await buyer.SubmitAsync("/checkout", Checkout);
        using var refused = await buyer.PostAsync("/checkout", Checkout);

        Assert.Equal((HttpStatusCode.Found, HttpStatusCode.BadRequest), (bought.StatusCode, refused.StatusCode));
        await shop.Telemetry.SpansAsync(spans => spans.Count(span => span.GetTagItem("url.path") is "/checkout") >= 5);
        Assert.Empty(shop.Telemetry.Find(Secrets));
    }

    // The framework logs the whole address of each request at this level; appsettings.json has Warning.
    private static bool IsSwitchedOff(string told) =>
        told.StartsWith("Information Microsoft.AspNetCore.Hosting.Diagnostics", StringComparison.Ordinal);
}
