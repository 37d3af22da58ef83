using Flows.Pages.Parts;
using Microsoft.AspNetCore.Components;

namespace Flows.Tests.Pages;

public sealed class LivePageTests
{
    [Fact]
    public void PausedPage_WithANewAddress_SelectsFromItsData_AndContinuesCounting()
    {
        using var page = new CountingPage { Clock = TimeProvider.System, Navigation = new NoNavigation() };
        page.Open();
        page.Pause();
        page.Came = 7;

        page.Open();

        Assert.Equal((1, 2, 7L), (page.Loads, page.Choices, page.HeldBack));
    }

    [Fact]
    public void LivePage_WithANewAddress_ReadsAgain()
    {
        using var page = new CountingPage { Clock = TimeProvider.System, Navigation = new NoNavigation() };
        page.Open();
        page.Came = 7;

        page.Open();

        Assert.Equal((2, 2, 0L), (page.Loads, page.Choices, page.HeldBack));
    }

    private sealed class NoNavigation : NavigationManager;

    private sealed class CountingPage : LivePage
    {
        public int Loads { get; private set; }
        public int Choices { get; private set; }
        public long Came { get; set; }
        public long HeldBack => Held;

        protected override long Version => Came;

        public void Open() => OnParametersSet();

        public void Pause() => TogglePause();

        protected override void Load() => Loads++;

        protected override void Choose() => Choices++;
    }
}
