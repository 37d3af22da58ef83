namespace Flows.Otlp;

public sealed partial class IntakeWorker
{
    [LoggerMessage(Level = LogLevel.Error, Message = "A request of type {Type} could not be stored.")]
    private partial void LogUnreadable(Exception exception, string type);
}
