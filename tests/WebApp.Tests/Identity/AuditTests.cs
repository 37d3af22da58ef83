using System.Net.Http.Json;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Identity;

/// <summary>The audit log tells what happened to accounts, and contains nothing that a reader of logs must not see.</summary>
public sealed class AuditTests(TestServers servers)
{
    private const string Email = "ada@example.com";
    private const string Password = "a few good words";
    private const string NewPassword = "some more good words";
    private const string Client = "203.0.113.7";

    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhatHappensToAnAccount_IsLogged_WithItsIdAndTheClient_ButNoAddressNameOrSecret()
    {
        await using var shop = await Shop.OpenAsync(servers);
        shop.Fakes.WithCatalog().WithBasket(Things.Basket());
        var (browser, other) = (new Browser(shop, Client), new Browser(shop, Client));
        using var http = shop.CreateClient();
        http.DefaultRequestHeaders.Add("X-Forwarded-For", Client);
        var before = shop.Telemetry.Audited.Count();

        await browser.RegisterAsync(Email, Password);
        await other.SignInAsync(Email, Password);
        await browser.GetAsync("/account");
        await browser.SubmitAsync("/account/sessions/end");
        await other.SignInAsync(Email, Password);
        await browser.GetAsync("/account");
        await browser.SubmitAsync("/account/sessions/end-others");
        await browser.GetAsync("/account/password");
        await browser.SubmitAsync("/account/password", ("Form.CurrentPassword", "wrong"), ("Form.NewPassword", NewPassword));
        await browser.SubmitAsync("/account/password", ("Form.CurrentPassword", Password), ("Form.NewPassword", NewPassword));
        await browser.GetAsync("/account/second-factor");
        var app = Authenticator.Scan(browser.Html);
        await browser.SubmitAsync("/account/second-factor", ("Form.Code", app.Code()), ("Form.Password", NewPassword));
        var code = app.Code(1);
        await TokenAsync(new { email = Email, password = "wrong" });
        await TokenAsync(new { email = Email, password = NewPassword, code = "000000" });
        await TokenAsync(new { email = Email, password = NewPassword, code });
        for (var guess = 0; guess < 11; guess++)
        {
            await TokenAsync(new { email = "typed-a-secret@example.com", password = "wrong" });
        }

        await browser.GetAsync("/account");
        await browser.SubmitAsync("/sign-out");

        string[] log = [.. shop.Telemetry.Audited.Skip(before)];
        Assert.Equal(
            [
                "Registered", "SignedIn", "SignedIn", "SessionEnded", "SignedIn", "OtherSessionsEnded", "PasswordChangeFailed",
                "PasswordChanged", "SecondFactorUsed", "SecondFactorEnrolled", "SignInFailed", "SecondFactorFailed", "SecondFactorUsed",
                "TokenIssued", .. Enumerable.Repeat("UnknownSignInFailed", 10), "UnknownSignInThrottled", "SignedOut",
            ],
            log.Select(entry => entry.Split(' ')[0]));
        Assert.All(log, entry => Assert.Contains($" Client={Client}", entry, StringComparison.Ordinal));
        var known = log.Where(entry => entry.Contains(" UserId=", StringComparison.Ordinal)).ToArray();
        Assert.Single(known.Select(entry => entry.Split(' ')[1]).Distinct());
        Assert.All(log.Except(known), entry => Assert.StartsWith("Unknown", entry, StringComparison.Ordinal));

        foreach (var secret in new[] { "@", "Ada", "typed-a-secret", Password, NewPassword, "wrong", code, "000000" })
        {
            Assert.DoesNotContain(log, entry => entry.Contains(secret, StringComparison.Ordinal));
        }

        async Task TokenAsync(object request)
        {
            using var response = await http.PostAsJsonAsync("/api/identity/token", request, Stop);
        }
    }

    [Fact]
    public async Task SetUpOfTheAdministrator_IsLogged()
    {
        await using var shop = await Shop.OpenAsync(servers);
        _ = shop.Server;

        Assert.Matches("^RoleGiven UserId=[0-9a-f-]{36} Role=admin Client=$", Assert.Single(shop.Telemetry.Audited));
    }
}
