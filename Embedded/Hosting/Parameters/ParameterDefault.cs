using System.Security.Cryptography;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The value of a parameter that nobody configured.</summary>
public abstract class ParameterDefault
{
    /// <summary>Describes the default in the manifest.</summary>
    public abstract void WriteToManifest(Publishing.ManifestPublishingContext context);

    /// <summary>The value.</summary>
    public abstract string GetDefaultValue();
}

/// <summary>A random value.</summary>
public sealed class GenerateParameterDefault : ParameterDefault
{
    private const string LowerLetters = "abcdefghjkmnpqrstuvwxyz";
    private const string UpperLetters = "ABCDEFGHJKMNPQRSTUVWXYZ";
    private const string Digits = "0123456789";
    private const string Specials = "-_.{}~()*+!";

    /// <summary>How long it is at least; default 22.</summary>
    public int MinLength { get; set; } = 22;

    /// <summary>Whether it has lower-case letters; default yes.</summary>
    public bool Lower { get; set; } = true;

    /// <summary>Whether it has upper-case letters; default yes.</summary>
    public bool Upper { get; set; } = true;

    /// <summary>Whether it has digits; default yes.</summary>
    public bool Numeric { get; set; } = true;

    /// <summary>Whether it has punctuation; default yes.</summary>
    public bool Special { get; set; } = true;

    /// <summary>How many lower-case letters at least.</summary>
    public int MinLower { get; set; }

    /// <summary>How many upper-case letters at least.</summary>
    public int MinUpper { get; set; }

    /// <summary>How many digits at least.</summary>
    public int MinNumeric { get; set; }

    /// <summary>How many punctuation marks at least.</summary>
    public int MinSpecial { get; set; }

    /// <inheritdoc/>
    public override string GetDefaultValue()
    {
        (bool Wanted, int Least, string Letters)[] kinds =
            [(Lower, MinLower, LowerLetters), (Upper, MinUpper, UpperLetters), (Numeric, MinNumeric, Digits), (Special, MinSpecial, Specials)];
        var alphabet = string.Concat(kinds.Where(kind => kind.Wanted).Select(kind => kind.Letters));
        if (alphabet.Length == 0)
        {
            throw new DistributedApplicationException("A generated parameter needs at least one of Lower, Upper, Numeric and Special.");
        }

        var value = string.Concat(kinds.Where(kind => kind.Wanted).Select(kind => RandomNumberGenerator.GetString(kind.Letters, kind.Least)));
        var all = (value + RandomNumberGenerator.GetString(alphabet, Math.Max(0, MinLength - value.Length))).ToCharArray();
        RandomNumberGenerator.Shuffle<char>(all);
        return new string(all);
    }

    /// <inheritdoc/>
    public override void WriteToManifest(Publishing.ManifestPublishingContext context)
    {
        var writer = context.Writer;
        writer.WriteStartObject("generate");
        writer.WriteNumber("minLength", MinLength);
        WriteFlag("lower", Lower);
        WriteFlag("upper", Upper);
        WriteFlag("numeric", Numeric);
        WriteFlag("special", Special);
        WriteCount("minLower", MinLower);
        WriteCount("minUpper", MinUpper);
        WriteCount("minNumeric", MinNumeric);
        WriteCount("minSpecial", MinSpecial);
        writer.WriteEndObject();

        void WriteFlag(string name, bool wanted)
        {
            if (!wanted)
            {
                writer.WriteBoolean(name, false);
            }
        }

        void WriteCount(string name, int least)
        {
            if (least > 0)
            {
                writer.WriteNumber(name, least);
            }
        }
    }
}

internal sealed class ConstantParameterDefault(Func<string> value) : ParameterDefault
{
    public override string GetDefaultValue() => value();

    public override void WriteToManifest(Publishing.ManifestPublishingContext context) => context.Writer.WriteString("value", value());
}
