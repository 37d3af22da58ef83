using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace WebApp.Tests.Setup;

/// <summary>A service behind the gateway, on a real port. It answers 200 with the path and keeps the last request's headers.</summary>
public sealed class Backend : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Backend(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    public Dictionary<string, string> LastHeaders { get; private set; } = [];

    /// <summary>Changes each response before it is sent.</summary>
    public Action<HttpResponse> Change { get; set; } = _ => { };

    public static async Task<Backend> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var backend = new Backend(builder.Build());
        backend._app.Run(backend.AnswerAsync);
        await backend._app.StartAsync(TestContext.Current.CancellationToken);
        return backend;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        LastHeaders = context.Request.Headers.ToDictionary(
            header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        Change(context.Response);
        await context.Response.WriteAsync(context.Request.Path + context.Request.QueryString, context.RequestAborted);
    }
}
