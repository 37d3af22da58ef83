using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using ServiceDefaults.Tests.Api;
using ServiceDefaults.Tokens;
using Servers;

namespace ServiceDefaults.Tests.Security;

/// <summary>What the audit log has about requests that were refused.</summary>
public sealed class AccessAuditTests : IDisposable
{
    private const string Visitor = "203.0.113.7";

    private readonly CapturedTelemetry _telemetry = new();

    [Fact]
    public async Task TokenThatIsNotValid_IsInTheAuditLogWithItsFault_AndWithoutTheToken()
    {
        await using var api = await StartAsync();
        using var stranger = new TestTokens();
        var claims = TestTokens.Claims(Guid.NewGuid());
        (string Token, string Fault)[] refused =
        [
            (api.Tokens.User(Guid.NewGuid(), validFor: -TimeSpan.FromMinutes(5)), nameof(SecurityTokenExpiredException)),
            (stranger.User(Guid.NewGuid()), nameof(SecurityTokenSignatureKeyNotFoundException)),
            (api.Tokens.Sign(claims, audience: "other"), nameof(SecurityTokenInvalidAudienceException)),
            (api.Tokens.Sign(claims, issuer: "other"), nameof(SecurityTokenInvalidIssuerException)),
            ("secret-part.secret-part.secret-part", nameof(ArgumentException)),
        ];

        foreach (var (token, _) in refused)
        {
            using var answer = await api.SendAsync(HttpMethod.Get, "/orders/41", token, Visitor);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }

        Assert.Equal(
            refused.Select(token => $"TokenRefused Reason={token.Fault} Method=GET Route=/orders/{{id}} Client={Visitor}"),
            _telemetry.Audited);
        Assert.Equal(LogLevel.Information, Audit.First().Level);
        Assert.All(Audit.Skip(1), line => Assert.Equal(LogLevel.Warning, line.Level));
        Assert.Empty(_telemetry.Find([.. refused.Select(token => token.Token)]));
    }

    [Fact]
    public async Task UserWithoutTheRole_IsInTheAuditLogWithTheRoute()
    {
        await using var api = await StartAsync();
        var user = Guid.NewGuid();

        using var answer = await api.SendAsync(HttpMethod.Delete, "/orders/41", api.Tokens.User(user), Visitor);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal([$"AccessForbidden UserId={user} Method=DELETE Route=/orders/{{id}} Client={Visitor}"], _telemetry.Audited);
    }

    [Fact]
    public async Task RequestWithoutAToken_AndOneThatIsAnswered_AreNotInTheAuditLog()
    {
        await using var api = await StartAsync();

        using var none = await api.SendAsync(HttpMethod.Get, "/orders/41");
        using var user = await api.SendAsync(HttpMethod.Get, "/orders/41", api.Tokens.User(Guid.NewGuid()));
        using var admin = await api.SendAsync(HttpMethod.Delete, "/orders/41", api.Tokens.Admin(Guid.NewGuid()));

        Assert.Equal(
            [HttpStatusCode.Unauthorized, HttpStatusCode.OK, HttpStatusCode.OK],
            new[] { none, user, admin }.Select(answer => answer.StatusCode));
        Assert.Empty(_telemetry.Audited);
    }

    public void Dispose() => _telemetry.Dispose();

    private IEnumerable<CapturedLine> Audit => _telemetry.Lines.Where(line => line.Category == "Security.Audit");

    private Task<TestApi> StartAsync() => TestApi.StartAsync(
        app =>
        {
            app.MapGet("/orders/{id}", (int id) => id);
            app.MapDelete("/orders/{id}", (int id) => id).RequireAuthorization(Policies.Admin);
        },
        builder => _telemetry.AddTo(builder.Services));
}
