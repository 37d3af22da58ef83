namespace AppHost;

/// <summary>
/// Prints expected start faults, such as a wrong setting, a port in use or a missing server, as a message without a stack trace.
/// </summary>
internal static class StartupFaults
{
    public static void PrintAsMessage() => AppDomain.CurrentDomain.UnhandledException += (_, unhandled) =>
    {
        if (MessageOf(unhandled.ExceptionObject as Exception) is { } message)
        {
            Console.Error.WriteLine($"The shop did not start: {message}");
            Environment.Exit(1);
        }
    };

    /// <summary>The message of the innermost fault that is expected; null if there is none.</summary>
    internal static string? MessageOf(Exception? exception)
    {
        string? message = null;
        for (var fault = exception; fault is not null; fault = fault.InnerException)
        {
            message = fault is DistributedApplicationException ? fault.Message : message;
        }

        return message;
    }
}
