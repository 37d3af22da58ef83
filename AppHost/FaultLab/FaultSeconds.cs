using System.Globalization;

namespace AppHost.FaultLab;

/// <summary>How long a fault lasts: an argument of every command.</summary>
internal static class FaultSeconds
{
    private const string Name = "seconds";
    private const int Default = 20;
    private const int Most = 600;

    public static InteractionInput Input() => new()
    {
        Name = Name,
        Label = "Seconds",
        Description = $"How long it lasts: 1 to {Most}.",
        InputType = InputType.Number,
        Value = Default.ToString(CultureInfo.InvariantCulture),
    };

    /// <exception cref="FaultRefusedException">The value is no such number.</exception>
    public static TimeSpan In(InteractionInputCollection arguments) => TimeSpan.FromSeconds(arguments.Number(Name, Default, 1, Most));

    /// <summary>The argument as a whole number; its default where it is missing or empty.</summary>
    /// <exception cref="FaultRefusedException">The value is no number in this range.</exception>
    public static int Number(this InteractionInputCollection arguments, string name, int orElse, int least, int most)
    {
        if (!arguments.TryGetByName(name, out var input) || string.IsNullOrWhiteSpace(input.Value))
        {
            return orElse;
        }

        return int.TryParse(input.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most
                ? number
                : throw new FaultRefusedException($"{name} is '{input.Value}'. It must be a whole number from {least} to {most}.");
    }
}
