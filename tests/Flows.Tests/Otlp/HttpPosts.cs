namespace Flows.Tests.Otlp;

internal static class HttpPosts
{
    public static async Task<HttpResponseMessage> PostAsync(
        this RunningFlows app, byte[] body, string contentType, string? contentEncoding = null)
    {
        var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        if (contentEncoding is not null)
        {
            content.Headers.ContentEncoding.Add(contentEncoding);
        }

        return await app.Otlp.PostAsync("/v1/traces", content, TestContext.Current.CancellationToken);
    }
}
