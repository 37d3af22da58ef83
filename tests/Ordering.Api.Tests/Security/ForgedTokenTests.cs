using System.Net;

namespace Ordering.Api.Tests.Security;

public sealed class ForgedTokenTests(SharedOrdering shared)
{
    [Theory]
    [InlineData("api/orders")]
    [InlineData("api/orders/all")]
    [InlineData("api/webhooks")]
    public async Task ForgedToken_IsRefused(string path)
    {
        foreach (var (fault, token) in ForgedTokens.Of(OrderingApp.Tokens))
        {
            using var http = shared.App.With(token);

            using var answer = await http.GetAsync(path, TestContext.Current.CancellationToken);

            Assert.Equal((fault, HttpStatusCode.Unauthorized), (fault, answer.StatusCode));
        }
    }
}
