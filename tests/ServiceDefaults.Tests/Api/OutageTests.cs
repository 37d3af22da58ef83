using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Npgsql;
using ServiceDefaults.Api;

namespace ServiceDefaults.Tests.Api;

public sealed class OutageTests
{
    public static TheoryData<Exception, HttpStatusCode> Faults => new()
    {
        { new NpgsqlException("no connection", new SocketException()), HttpStatusCode.ServiceUnavailable },
        { new InvalidOperationException("retries ended", new NpgsqlException("broken", new IOException())),
          HttpStatusCode.ServiceUnavailable },
        { new PostgresException("terminating connection", "FATAL", "FATAL", PostgresErrorCodes.AdminShutdown),
          HttpStatusCode.ServiceUnavailable },
        { new PostgresException("read-only transaction", "ERROR", "ERROR", PostgresErrorCodes.ReadOnlySqlTransaction),
          HttpStatusCode.ServiceUnavailable },
        { new StoreException(), HttpStatusCode.ServiceUnavailable },
        { new TimeoutException(), HttpStatusCode.ServiceUnavailable },
        { new PostgresException("syntax", "ERROR", "ERROR", PostgresErrorCodes.SyntaxError), HttpStatusCode.InternalServerError },
        { new InvalidOperationException("a bug"), HttpStatusCode.InternalServerError },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Request_EndedByAnOutage_IsAnswered503WithRetryAfter(Exception fault, HttpStatusCode expected)
    {
        await using var api = await TestApi.StartAsync(
            app => app.MapGet("/", string () => throw fault).AllowAnonymous(),
            builder => builder.Services.AddStoreOutage<StoreException>());

        using var answer = await api.SendAsync(HttpMethod.Get, "/");

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal((int)expected, (int)(await TestApi.ProblemOf(answer))["status"]!);
        Assert.Equal(expected is HttpStatusCode.ServiceUnavailable, answer.Headers.RetryAfter is not null);
    }

    private sealed class StoreException : Exception;
}
