using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Benchmarks.Catalog;

/// <summary>The least that can answer a page of the catalog, in a process of its own as the catalog is.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    /// <summary>The command line that makes this program the server: <c>serve CONNECTION-STRING</c>.</summary>
    public const string Command = "serve";

    private readonly Process _process;

    private RawServer(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public static async Task<RawServer> StartAsync(string database, CancellationToken cancellationToken)
    {
        var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(RawServer).Assembly.Location, Command, database])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var address = await process.StandardOutput.ReadLineAsync(cancellationToken);
        return new RawServer(process, new Uri(address ?? throw new InvalidOperationException("The raw server did not start.")));
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    /// <summary>Serves until the standard input ends, which it does however the parent ends.</summary>
    public static async Task ServeAsync(string database)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        var settings = new NpgsqlConnectionStringBuilder(database) { MaxAutoPrepare = 8, AutoPrepareMinUsages = 2 };
        await using var source = NpgsqlDataSource.Create(settings.ConnectionString);
        var constant = JsonSerializer.SerializeToUtf8Bytes(
            await ReadAsync(source, 0, decimal.MaxValue, CancellationToken.None), JsonSerializerOptions.Web);

        app.MapGet("/items", async (HttpContext context, decimal minPrice, decimal maxPrice) => await ReplyAsync(
            context,
            JsonSerializer.SerializeToUtf8Bytes(
                await ReadAsync(source, minPrice, maxPrice, context.RequestAborted), JsonSerializerOptions.Web)));
        app.MapGet("/constant", (HttpContext context) => ReplyAsync(context, constant));

        await app.StartAsync();
        await Console.Out.WriteLineAsync(app.Urls.Single());
        await Console.In.ReadToEndAsync();
        await app.StopAsync();
    }

    private static async Task ReplyAsync(HttpContext context, byte[] body)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private static async Task<Page> ReadAsync(
        NpgsqlDataSource source, decimal minPrice, decimal maxPrice, CancellationToken cancellationToken)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(
            "select count(*) from products where discontinued_at is null and price >= $1 and price <= $2")
        {
            Parameters =
            {
                new NpgsqlParameter<decimal> { TypedValue = minPrice }, new NpgsqlParameter<decimal> { TypedValue = maxPrice },
            },
        });
        batch.BatchCommands.Add(new NpgsqlBatchCommand("""
            select id, name, description, price, currency, picture_file_name, type_id, brand_id, on_hand - reserved, version,
                   is_featured
            from products where discontinued_at is null and price >= $3 and price <= $4 order by name, id limit $1 offset $2
            """) 
        {
            Parameters =
            {
                new NpgsqlParameter<int> { TypedValue = 10 }, new NpgsqlParameter<long> { TypedValue = 0 },
                new NpgsqlParameter<decimal> { TypedValue = minPrice }, new NpgsqlParameter<decimal> { TypedValue = maxPrice },
            },
        });

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var count = reader.GetInt64(0);
        await reader.NextResultAsync(cancellationToken);
        var items = new List<Item>(10);
        while (await reader.ReadAsync(cancellationToken))
        {
            items.Add(new Item(
                reader.GetInt32(0), reader.GetString(1), reader.GetString(2), reader.GetDecimal(3), reader.GetString(4),
                reader.IsDBNull(5) ? null : reader.GetString(5), reader.GetInt32(6), reader.GetInt32(7), reader.GetInt32(8),
                reader.GetInt64(9), reader.GetBoolean(10)));
        }

        return new Page(0, 10, count, items);
    }

    private sealed record Page(int PageIndex, int PageSize, long Count, IReadOnlyList<Item> Data);

    private sealed record Item(
        int Id, string Name, string Description, decimal Price, string Currency, string? PictureFileName,
        int CatalogTypeId, int CatalogBrandId, int AvailableStock, long Version, bool IsFeatured);
}
