using System.Text.RegularExpressions;
using Hosting.Processes.Installation;

namespace Hosting.Processes.Servers;

/// <summary>
/// The folders of RabbitMQ's modules. For each of about a thousand modules, Erlang searches folder by folder, starting with those of all
/// plugins, which takes half of the broker's boot time. With only the enabled plugins, and with the folders in the right order, it finds
/// most modules at the first try.
/// </summary>
internal sealed partial class ErlangCodePath
{
    private const string Server = "rabbit";
    private const string Prelaunch = "rabbitmq_prelaunch";

    private ErlangCodePath(IReadOnlyList<string> plugins, IReadOnlyList<string> modules) => (Plugins, Modules) = (plugins, modules);

    /// <summary>The folders of the enabled plugins and their dependencies.</summary>
    public IReadOnlyList<string> Plugins { get; }

    /// <summary>The folders of the modules, dependencies first.</summary>
    public IReadOnlyList<string> Modules { get; }

    /// <summary>Returns null if the server or Erlang is installed in an unusual way; the broker then boots as usual, but slower.</summary>
    public static ErlangCodePath? Find(string server, string? erlang, IReadOnlyCollection<string> plugins)
    {
        var own = ApplicationsIn(Beside(server, "plugins"));
        if (erlang is null || ApplicationsIn(Beside(erlang, "lib")) is not { Count: > 0 } erlangs
            || !plugins.Append(Server).Append(Prelaunch).All(own.ContainsKey))
        {
            return null;
        }

        var all = own.Concat(erlangs.Where(library => !own.ContainsKey(library.Key))).ToDictionary();
        var core = Needed([Server, Prelaunch], all);
        var added = Needed(plugins, all).Except(core).ToArray();
        var modules = core.Concat(added).Select(name => Path.Combine(all[name], "ebin")).Reverse().ToArray();

        // The folders become arguments of a command line that is split at spaces.
        return Array.Exists(modules, folder => folder.Any(char.IsWhiteSpace))
            ? null
            : new ErlangCodePath([.. added.Where(own.ContainsKey).Append(Server).Select(name => own[name])], modules);
    }

    private static string Beside(string program, string folder) => Path.GetFullPath(Path.Combine(Programs.FolderOf(program), "..", folder));

    // A folder is named after its application and version. With two versions, Erlang picks the newer one itself, so those are left out.
    private static Dictionary<string, string> ApplicationsIn(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateDirectories(folder)
            .GroupBy(path => Path.GetFileName(path).Split('-')[0], StringComparer.Ordinal)
            .Where(versions => versions.Count() == 1 && File.Exists(Description(versions.Single(), versions.Key)))
            .ToDictionary(versions => versions.Key, versions => versions.Single(), StringComparer.Ordinal)
        : [];

    private static List<string> Needed(IEnumerable<string> names, Dictionary<string, string> applications)
    {
        var needed = new List<string>();
        var waiting = new Queue<string>(names);
        while (waiting.TryDequeue(out var name))
        {
            if (applications.TryGetValue(name, out var folder) && !needed.Contains(name))
            {
                needed.Add(name);
                var others = Needs().Match(File.ReadAllText(Description(folder, name))).Groups[1].Value;
                foreach (Match other in Names().Matches(others))
                {
                    waiting.Enqueue(other.Value);
                }
            }
        }

        return needed;
    }

    private static string Description(string folder, string name) => Path.Combine(folder, "ebin", $"{name}.app");

    [GeneratedRegex(@"\{\s*applications\s*,\s*\[([^\]]*)\]")]
    private static partial Regex Needs();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Names();
}
