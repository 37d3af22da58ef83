using System.Globalization;
using EventBus.DeadLetters;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BusProbe;

/// <summary>Takes commands on standard input, a line each, and answers on standard output.</summary>
internal sealed class Commands(
    Halts halts, Conduct conduct, Clock clock, Selling selling, DeadLetterQueues deadLetters, HealthCheckService health)
{
    public async Task ObeyAsync()
    {
        // Yields, so that the start is not blocked by reading.
        await Task.Yield();
        while (await Console.In.ReadLineAsync() is { } line)
        {
            _ = AnswerAsync(line.Split(' '));
        }
    }

    private async Task AnswerAsync(string[] words)
    {
        var numbers = words[1..].Select(word => int.TryParse(word, CultureInfo.InvariantCulture, out var number) ? number : 0).ToArray();
        if (await DoAsync(words, numbers) is { } answer)
        {
            await Console.Out.WriteLineAsync(answer);
        }
    }

    private async Task<string?> DoAsync(string[] words, int[] numbers)
    {
        switch (words[0])
        {
            case "die" or "halt":
                halts.Arm(words[1], numbers[1], die: words[0] == "die");
                return "armed";

            case "go":
                halts.Go();
                return null;

            case "sell":
                await selling.SellAsync(
                    numbers[0], numbers[1], numbers[2], numbers.Length > 3 ? TimeSpan.FromSeconds(numbers[3]) : null,
                    CancellationToken.None);
                return $"sold {words[1]}";

            case "poison":
                conduct.Poison[numbers[0]] = true;
                return "armed";

            case "heal":
                conduct.Poison.Clear();
                return null;

            case "delay":
                conduct.Delay = TimeSpan.FromMilliseconds(numbers[0]);
                return "armed";

            case "jump":
                clock.Jump(TimeSpan.FromMinutes(numbers[0]));
                return "jumped";

            case "replay":
                return $"replayed {(await deadLetters.ReplayAsync(new DeadLetterReplay { Queue = words[1] })).Letters.Count}";

            case "health":
                var report = await health.CheckHealthAsync(check => check.Name == "eventbus");
                return $"health {report.Status} {report.Entries["eventbus"].Description}";

            case "gauge":
                return string.Create(CultureInfo.InvariantCulture, $"gauge {Gauges.Read(words[1])}");

            default:
                return $"unknown {words[0]}";
        }
    }
}
