using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Aspire.Hosting;
using Aspire.Hosting.Testing;

namespace Benchmarks.SignIn;

/// <summary>
/// Measures whether the time of a refused sign-in shows that an address has an account: wrong passwords for known and unknown addresses, in
/// turn. Each try comes from a network of its own, so that no limit refuses it.
/// </summary>
internal static class SignInBenchmark
{
    private const int KnownAccounts = 10;
    private const int WarmUp = 10;

    public static async Task RunAsync(Report report, BenchmarkOptions options, CancellationToken cancellationToken)
    {
        report.Progress("starting the shop");
        await using var app = await StartAsync(cancellationToken);
        using var http = new HttpClient { BaseAddress = app.GetEndpoint("webapp", "http") };
        for (var account = 0; account < KnownAccounts; account++)
        {
            using var opened = await http.PostAsJsonAsync(
                "api/identity/register",
                new { email = Known(account), password = "a few good words", name = "Ada" }, cancellationToken);
            opened.EnsureSuccessStatusCode();
        }

        var tries = options.Quick ? 20 : 100;
        var (known, unknown) = (new List<double>(), new List<double>());
        report.Progress($"{tries} tries each");
        for (var number = -WarmUp; number < tries; number++)
        {
            // Each is the first one in every other round: the first request of a network may cost more.
            (string Email, List<double> Times)[] turns = [(Known(number), known), ($"unknown{number}@example.com", unknown)];
            foreach (var (email, times) in number % 2 == 0 ? turns : turns.Reverse())
            {
                var time = await TryAsync(email, number);
                if (number >= 0)
                {
                    times.Add(time);
                }
            }
        }

        Add(report, "known address", known);
        Add(report, "unknown address", unknown);
        var difference = Math.Abs(Statistics.Quantile(known, 0.5) - Statistics.Quantile(unknown, 0.5));
        var spread = Math.Min(Spread(known), Spread(unknown));
        report.Add("difference of the medians", difference, "ms");
        report.Progress(difference < spread
            ? "The difference is below the spread: the time of one answer does not show whether the address has an account."
            : "The difference is ABOVE the spread: the time of an answer shows whether the address has an account.");

        async Task<double> TryAsync(string email, int number)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "api/identity/token")
            {
                Content = JsonContent.Create(new { email, password = "a wrong password" }),
            };
            request.Headers.Add("X-Forwarded-For", $"2001:db8:{number + WarmUp:x}::1");
            var started = Stopwatch.GetTimestamp();
            using var response = await http.SendAsync(request, cancellationToken);
            var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            return response.StatusCode is HttpStatusCode.Unauthorized
                ? elapsed
                : throw new InvalidOperationException($"{email} was answered {(int)response.StatusCode} instead of 401.");
        }
    }

    private static void Add(Report report, string what, List<double> times)
    {
        report.Add($"{what}: median", Statistics.Quantile(times, 0.5), "ms");
        report.Add($"{what}: spread (middle half)", Spread(times), "ms");
    }

    private static double Spread(List<double> times) => Statistics.Quantile(times, 0.75) - Statistics.Quantile(times, 0.25);

    private static string Known(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"known{Math.Abs(number) % KnownAccounts}@example.com");

    private static async Task<DistributedApplication> StartAsync(CancellationToken cancellationToken)
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(["--Shop:Volumes=false"], cancellationToken);
        var app = await builder.BuildAsync(cancellationToken);
        await app.StartAsync(cancellationToken);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("webapp", cancellationToken);
        return app;
    }
}
