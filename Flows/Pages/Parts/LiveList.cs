using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Flows.Pages.Parts;

/// <summary>
/// A live page with a list. While the user reads the list (pointer or focus inside, or scrolled), its rows keep their places: they show
/// what changed, and rows that came since then wait until the user asks for them.
/// </summary>
public abstract class LiveList<T> : LivePage where T : class
{
    // Only needed while rows are held, and a list may be long.
    private HashSet<string>? _keys;
    private bool _holdsBack;

    [Inject] public required IJSRuntime Script { get; set; }

    protected List<T> Shown { get; private set; } = [];

    /// <summary>The rows that wait.</summary>
    protected int NewRows { get; private set; }

    protected override bool HoldsBack => _holdsBack;

    protected override async ValueTask<bool> IsInUseAsync(CancellationToken cancellationToken) =>
        Shown.Count > 0 && await Script.InvokeAsync<bool>("rowsInUse", cancellationToken);

    protected abstract string KeyOf(T row);

    /// <summary>What is known now of a shown row; null if it was dropped.</summary>
    protected abstract T? Find(string key);

    protected void Fill(List<T> rows)
    {
        if (IsInUse)
        {
            // Rows that no longer match stay too: the one below would move under the pointer.
            _keys ??= [.. Shown.Select(KeyOf)];
            Shown = Shown.ConvertAll(row => Find(KeyOf(row)) ?? row);
            NewRows = rows.Count(row => !_keys.Contains(KeyOf(row)));
            _holdsBack = NewRows > 0 || rows.Count != Shown.Count;
        }
        else
        {
            Shown = rows;
            NewRows = 0;
            _holdsBack = false;
            _keys = null;
        }
    }
}
