using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Flows.Pages;

/// <summary>
/// After a navigation, moves the focus to the heading of the page, for screen readers. Blazor's <c>FocusOnNavigate</c> does so too, but its
/// call reaches the browser after the page is visible, and takes the focus from a field in which the user types already.
/// </summary>
public sealed class FocusHeading : ComponentBase
{
    private Type? _shown;
    private bool _isNew;

    [Inject] public required IJSRuntime Script { get; set; }
    [Parameter, EditorRequired] public required Microsoft.AspNetCore.Components.RouteData RouteData { get; set; }

    protected override void OnParametersSet()
    {
        _isNew = _shown is not null && _shown != RouteData.PageType;
        _shown = RouteData.PageType;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_isNew)
        {
            _isNew = false;
            await Script.InvokeVoidAsync("focusHeading");
        }
    }
}
