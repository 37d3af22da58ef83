namespace ServiceDefaults.Health;

/// <summary>
/// Asks the app in the same container whether it is healthy, for orchestrators that check health with a command: the images have no shell
/// and no curl. <c>dotnet Catalog.Api.dll --probe=/health</c> exits with 0 if the answer is a success, otherwise with 1.
/// </summary>
internal static class HealthProbe
{
    private const string Argument = "--probe=";
    private const string DefaultPort = "8080";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>Sends the request and exits if the command line has <c>--probe=path</c>; otherwise does nothing.</summary>
    public static void ExitIfAsked()
    {
        var arguments = Environment.GetCommandLineArgs();
        if (arguments.FirstOrDefault(argument => argument.StartsWith(Argument, StringComparison.Ordinal)) is { } probe)
        {
            Environment.Exit(IsHealthy(probe[Argument.Length..]) ? 0 : 1);
        }
    }

    private static bool IsHealthy(string path)
    {
        var ports = Environment.GetEnvironmentVariable("ASPNETCORE_HTTP_PORTS");
        var port = ports?.Split(';')[0] is { Length: > 0 } given ? given : DefaultPort;
        using var http = new HttpClient { Timeout = Timeout };

        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://localhost:{port}{path}"));
            using var response = http.Send(request);
            return response.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }
}
