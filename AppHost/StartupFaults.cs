/// <summary>A wrong setting, a taken port or a missing server is a message to the person who typed the command, not a stack trace.</summary>
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
