using System.Text.Json;

namespace Flows.Expectations;

/// <summary>Reads a declared process and reports all its faults at once.</summary>
public static class ProcessFile
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>The processes in the folder's files <c>*.json</c>. Adds a fault for each file that cannot be used.</summary>
    public static List<ProcessDeclaration> ReadFolder(string folder, List<string> faults)
    {
        var processes = new List<ProcessDeclaration>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            try
            {
                processes.Add(Read(File.ReadAllBytes(file)));
            }
            catch (ProcessDeclarationException exception)
            {
                faults.AddRange(exception.Faults.Select(fault => $"{file}: {fault}"));
            }
        }

        return processes;
    }

    /// <exception cref="ProcessDeclarationException">The text is not a process; the exception has all faults.</exception>
    public static ProcessDeclaration Read(ReadOnlySpan<byte> json)
    {
        ProcessDeclaration process;
        try
        {
            process = JsonSerializer.Deserialize<ProcessDeclaration>(json, Format)
                ?? throw new ProcessDeclarationException(["The process is null."]);
        }
        catch (JsonException exception)
        {
            throw new ProcessDeclarationException([exception.Message]);
        }

        return FaultsOf(process).ToList() is { Count: > 0 } faults ? throw new ProcessDeclarationException(faults) : process;
    }

    private static IEnumerable<string> FaultsOf(ProcessDeclaration process)
    {
        var messages = process.Steps.Select(step => step.Message).ToHashSet(StringComparer.Ordinal);
        foreach (var twice in process.Steps.GroupBy(step => step.Message).Where(steps => steps.Count() > 1))
        {
            yield return $"The message '{twice.Key}' is declared {twice.Count()} times. Declare each message once.";
        }

        if (!process.Steps.Any(step => step.After.Count == 0))
        {
            yield return "No step starts the process. Leave out 'after' in its first step.";
        }

        foreach (var step in process.Steps)
        {
            foreach (var unknown in step.After.Concat(step.Unless).Where(message => !messages.Contains(message)))
            {
                yield return $"The step '{step.Message}' names '{unknown}', which is not a message of this process.";
            }

            if (step.Within <= TimeSpan.Zero)
            {
                yield return $"'within' of the step '{step.Message}' is {step.Within}. Set it to a positive time, for example 00:00:30.";
            }
        }
    }
}

/// <summary>A declared process cannot be used.</summary>
public sealed class ProcessDeclarationException(IReadOnlyList<string> faults) : Exception(string.Join(Environment.NewLine, faults))
{
    public IReadOnlyList<string> Faults { get; } = faults;
}
