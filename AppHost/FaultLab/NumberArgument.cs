using System.Globalization;

namespace AppHost.FaultLab;

/// <summary>An argument of a command that is a whole number from 1 on.</summary>
/// <param name="Name">The name, also over HTTP.</param>
/// <param name="Label">What the dashboard shows.</param>
/// <param name="Meaning">What it counts, as in <c>How long it lasts</c>.</param>
/// <param name="Default">Its value where it is missing or empty.</param>
/// <param name="Most">The highest value.</param>
internal sealed record NumberArgument(string Name, string Label, string Meaning, int Default, int Most)
{
    /// <summary>How long a fault lasts: an argument of every one that lasts.</summary>
    public static NumberArgument Seconds { get; } = new("seconds", "Seconds", "How long it lasts", Default: 20, Most: 600);

    public InteractionInput ToInput() => new()
    {
        Name = Name,
        Label = Label,
        Description = $"{Meaning}: 1 to {Most}.",
        InputType = InputType.Number,
        Value = Default.ToString(CultureInfo.InvariantCulture),
    };

    /// <exception cref="FaultRefusedException">The value is not a whole number, or is out of range.</exception>
    public int In(InteractionInputCollection arguments)
    {
        if (!arguments.TryGetByName(Name, out var input) || string.IsNullOrWhiteSpace(input.Value))
        {
            return Default;
        }

        return int.TryParse(input.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= 1 && number <= Most
                ? number
                : throw new FaultRefusedException($"{Name} is '{input.Value}'. It must be a whole number from 1 to {Most}.");
    }
}
