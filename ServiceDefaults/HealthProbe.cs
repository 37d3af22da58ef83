namespace ServiceDefaults;

/// <summary>
/// Asks the app that runs in the same container whether it is healthy, for orchestrators that check health with a command: the images have
/// neither a shell nor curl. <c>dotnet Catalog.Api.dll --probe=/health</c> ends with 0 when the answer is a success, else with 1.
/// </summary>
internal static class HealthProbe
{
    private const string Argument = "--probe=";
    private const string DefaultPort = "8080";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>Does nothing unless the command line says <c>--probe=path</c>; then it asks and ends the process.</summary>
    public static void ExitIfAsked()
    {
        if (Environment.GetCommandLineArgs().FirstOrDefault(argument => argument.StartsWith(Argument, StringComparison.Ordinal)) is { } probe)
        {
            Environment.Exit(IsHealthy(probe[Argument.Length..]) ? 0 : 1);
        }
    }

    private static bool IsHealthy(string path)
    {
        var port = Environment.GetEnvironmentVariable("ASPNETCORE_HTTP_PORTS")?.Split(';')[0] is { Length: > 0 } given ? given : DefaultPort;
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
