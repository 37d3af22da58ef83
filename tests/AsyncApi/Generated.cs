namespace AsyncApi;

/// <summary>Files that are generated from the services' declarations, and compared with them.</summary>
internal static class Generated
{
    /// <summary><c>WRITE_ASYNCAPI=true dotnet test --project tests/AsyncApi</c> rewrites the files.</summary>
    public static bool Write { get; } = Environment.GetEnvironmentVariable("WRITE_ASYNCAPI") == "true";
}
