using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace WebApp.Tests.Setup;

/// <summary>
/// A service behind the gateway, on a real port. It answers 200 with the path and keeps the last request's headers. As the fixture of a
/// class it has one address for all its tests, so they can borrow the same shops.
/// </summary>
public sealed class Backend : IAsyncLifetime
{
    private readonly WebApplication _app;

    public Backend()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public string Address => _app.Urls.First();

    public Dictionary<string, string> LastHeaders { get; private set; } = [];

    /// <summary>Changes each response before it is sent.</summary>
    public Action<HttpResponse> Change { get; set; } = _ => { };

    public static async Task<Backend> StartAsync()
    {
        var backend = new Backend();
        await backend.InitializeAsync();
        return backend;
    }

    /// <summary>Forgets the last request, and changes no response any more.</summary>
    public void Reset() => (LastHeaders, Change) = ([], _ => { });

    public async ValueTask InitializeAsync() => await _app.StartAsync(TestContext.Current.CancellationToken);

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
