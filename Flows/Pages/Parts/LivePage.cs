using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Flows.Pages.Parts;

/// <summary>
/// A page with live data: it checks the version of the data a few times a second, and reads and renders again only if the version changed.
/// While paused, it keeps its content and counts new items.
/// </summary>
public abstract class LivePage : ComponentBase, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private readonly CancellationTokenSource _leaving = new();
    private long _shown = -1;
    private long _counted = -1;

    [Inject] public required TimeProvider Clock { get; set; }
    [Inject] public required NavigationManager Navigation { get; set; }

    protected bool IsPaused { get; private set; }

    /// <summary>Changes since the page was paused.</summary>
    protected long Held => IsPaused ? Math.Max(0, Version - _shown) : 0;

    /// <summary>Grows when what the page shows may have changed.</summary>
    protected abstract long Version { get; }

    /// <summary>Takes what the page may show out of the live model; not while it is paused.</summary>
    protected abstract void Load();

    /// <summary>Selects the visible items from the data, by the page's address (filters and selection).</summary>
    protected virtual void Choose()
    {
    }

    /// <summary>Whether the user reads what must not move now. Asked before each update that no action of the user caused.</summary>
    protected virtual ValueTask<bool> IsInUseAsync(CancellationToken cancellationToken) => ValueTask.FromResult(false);

    /// <summary>The answer of <see cref="IsInUseAsync"/> during such an update; otherwise false.</summary>
    protected bool IsInUse { get; private set; }

    /// <summary>Whether the last update left something out, so that the page asks again.</summary>
    protected virtual bool HoldsBack => false;

    /// <summary>Pages that show ages render again each second even when nothing came.</summary>
    protected virtual bool ShowsAges => false;

    protected override void OnParametersSet()
    {
        if (IsPaused)
        {
            Choose();
        }
        else
        {
            Take();
        }
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _ = FollowAsync(_leaving.Token);
        }
    }

    protected void TogglePause()
    {
        IsPaused = !IsPaused;
        if (!IsPaused)
        {
            Refresh();
        }
    }

    protected void Refresh()
    {
        Take();
        StateHasChanged();
    }

    /// <summary>This page's address with some of its query changed; an empty value goes.</summary>
    protected string With(params (string Name, string? Value)[] changes) => Navigation.GetUriWithQueryParameters(
        changes.ToDictionary(change => change.Name, change => (object?)(string.IsNullOrEmpty(change.Value) ? null : change.Value)));

    protected void Go(params (string Name, string? Value)[] changes) => Navigation.NavigateTo(With(changes), replace: true);

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
        GC.SuppressFinalize(this);
    }

    private void Take()
    {
        _shown = Version;
        Load();
        Choose();
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, Clock);
        var ticks = 0;
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                ticks++;
                await InvokeAsync(() => FollowAsync(isSecond: ticks % 4 == 0, cancellationToken));
            }
        }
        catch (OperationCanceledException)
        {
            // The user left the page.
        }
        catch (JSDisconnectedException)
        {
            // The user left Flows.
        }
    }

    private async Task FollowAsync(bool isSecond, CancellationToken cancellationToken)
    {
        if (IsPaused)
        {
            if (isSecond && _counted != Version)
            {
                _counted = Version;
                StateHasChanged();
            }
        }
        else if (_shown != Version || (isSecond && (ShowsAges || HoldsBack)))
        {
            var isInUse = await AskAsync(cancellationToken);
            if (!IsPaused)
            {
                Update(isInUse);
            }
        }
    }

    // Without a connection, the page in the browser does not change, so no row moves.
    private async Task<bool> AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await IsInUseAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is JSException
            || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    private void Update(bool isInUse)
    {
        IsInUse = isInUse;
        try
        {
            Refresh();
        }
        finally
        {
            IsInUse = false;
        }
    }
}
