namespace AppHost;

/// <summary>
/// Prints expected start faults, such as a wrong setting, a port in use or a missing server, as a message without a stack trace.
/// </summary>
internal static class StartupFaults
{
    public static void PrintAsMessage() => AppDomain.CurrentDomain.UnhandledException += (_, unhandled) =>
    {
        if ((unhandled.ExceptionObject as Exception)?.GetBaseException() is DistributedApplicationException fault)
        {
            Console.Error.WriteLine($"The shop did not start: {fault.Message}");
            Environment.Exit(1);
        }
    };
}
