namespace Aspire.Hosting.ApplicationModel;

/// <summary>How a command ended.</summary>
public sealed class ExecuteCommandResult
{
    /// <summary>Whether it did what it was told.</summary>
    public required bool Success { get; init; }

    /// <summary>Whether it was given up.</summary>
    public bool Canceled { get; init; }

    /// <summary>What it has to say.</summary>
    public string? Message { get; init; }

    /// <summary>What it has to show.</summary>
    public CommandResultData? Data { get; init; }
}

/// <summary>What a command has to show.</summary>
public sealed class CommandResultData
{
    /// <summary>The content.</summary>
    public required string Value { get; init; }

    /// <summary>What it is.</summary>
    public CommandResultFormat Format { get; init; }
}

/// <summary>What a command's content is.</summary>
public enum CommandResultFormat
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>JSON.</summary>
    Json,
}

/// <summary>Makes results of commands.</summary>
public static class CommandResults
{
    /// <summary>It did what it was told.</summary>
    public static ExecuteCommandResult Success() => new() { Success = true };

    /// <summary>It did what it was told, and says so.</summary>
    public static ExecuteCommandResult Success(string message) => new() { Success = true, Message = message };

    /// <summary>It did what it was told, and shows something.</summary>
    public static ExecuteCommandResult Success(string message, string result, CommandResultFormat resultFormat = CommandResultFormat.Text) =>
        new() { Success = true, Message = message, Data = new CommandResultData { Value = result, Format = resultFormat } };

    /// <summary>It failed.</summary>
    public static ExecuteCommandResult Failure(string? errorMessage = null) => new() { Success = false, Message = errorMessage };

    /// <summary>It failed.</summary>
    public static ExecuteCommandResult Failure(Exception exception) => Failure(exception.Message);

    /// <summary>It was given up.</summary>
    public static ExecuteCommandResult Canceled() => new() { Success = false, Canceled = true };
}
