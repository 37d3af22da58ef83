using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using WebApp.Identity;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Identity;

/// <summary>Neither the answer nor its cost shows whether an address has an account.</summary>
public sealed class SameAnswerTests(TestServers servers)
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task WrongPassword_IsAnsweredTheSame_WithAndWithoutAnAccount()
    {
        await using var shop = await OpenAsync();
        using var http = shop.CreateClient();
        var hashing = shop.Services.GetRequiredService<Hashing>();
        hashing.Take();

        using var known = await http.PostAsJsonAsync("/api/identity/token", new { email = Shop.AdminEmail, password = "wrong" }, Stop);
        var costOfKnown = hashing.Take();
        using var unknown = await http.PostAsJsonAsync("/api/identity/token", new { email = "nobody@x.org", password = "wrong" }, Stop);
        var costOfUnknown = hashing.Take();

        Assert.Equal((Made: 0, Checked: 1), costOfKnown);
        Assert.Equal(costOfKnown, costOfUnknown);
        Assert.Equal(HttpStatusCode.Unauthorized, known.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, unknown.StatusCode);
        Assert.Equal(await DetailAsync(known), await DetailAsync(unknown));
    }

    [Fact]
    public async Task HashOfNoAccount_CostsAsMuchAsThatOfAnAccount()
    {
        await using var shop = await OpenAsync();
        _ = shop.Server;
        await using var scope = shop.Services.CreateAsyncScope();
        var admin = await scope.ServiceProvider.GetRequiredService<UserManager<ShopUser>>().FindByEmailAsync(Shop.AdminEmail);
        var decoy = scope.ServiceProvider.GetRequiredService<PasswordCheck.Decoy>().User;

        // The first 13 bytes of a hash are its format, its function, its number of rounds and the length of its salt.
        Assert.Equal(Convert.FromBase64String(admin!.PasswordHash!)[..13], Convert.FromBase64String(decoy.PasswordHash!)[..13]);
    }

    [Fact]
    public async Task Registration_CostsTheSame_WithAndWithoutAnAccount()
    {
        await using var shop = await OpenAsync();
        using var http = shop.CreateClient();
        var hashing = shop.Services.GetRequiredService<Hashing>();
        hashing.Take();

        await RegisterAsync("ada@example.com");
        var costOfNew = hashing.Take();
        await RegisterAsync("ada@example.com");

        Assert.Equal((Made: 1, Checked: 0), costOfNew);
        Assert.Equal(costOfNew, hashing.Take());

        async Task RegisterAsync(string email)
        {
            using var response = await http.PostAsJsonAsync(
                "/api/identity/register", new { email, password = "a few good words", name = "Ada" }, Stop);
        }
    }

    private Task<Shop> OpenAsync() => Shop.OpenAsync(servers, services: services => services
        .AddSingleton<Hashing>()
        .AddScoped<IPasswordHasher<ShopUser>, CountingHasher>());

    private static async Task<string?> DetailAsync(HttpResponseMessage response) =>
        (string?)(await response.Content.ReadFromJsonAsync<JsonNode>(Stop))!["detail"];

    private sealed class Hashing
    {
        private int _made;
        private int _checked;

        public void Made() => Interlocked.Increment(ref _made);

        public void Checked() => Interlocked.Increment(ref _checked);

        public (int Made, int Checked) Take() => (Interlocked.Exchange(ref _made, 0), Interlocked.Exchange(ref _checked, 0));
    }

    private sealed class CountingHasher(IOptions<PasswordHasherOptions> options, Hashing hashing) : IPasswordHasher<ShopUser>
    {
        private readonly NormalizingPasswordHasher _hasher = new(options);

        public string HashPassword(ShopUser user, string password)
        {
            hashing.Made();
            return _hasher.HashPassword(user, password);
        }

        public PasswordVerificationResult VerifyHashedPassword(ShopUser user, string hashedPassword, string providedPassword)
        {
            hashing.Checked();
            return _hasher.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}
