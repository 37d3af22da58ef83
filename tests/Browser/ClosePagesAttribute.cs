using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Playwright;
using Xunit.v3;

[assembly: Browser.ClosePages]

namespace Browser;

/// <summary>
/// Closes the pages of a test at its end. Pages of Flows and of Aspire's dashboard draw what happens in all other tests, too, until they
/// are closed.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class ClosePagesAttribute : BeforeAfterTestAttribute
{
    private static readonly ConcurrentDictionary<string, ConcurrentBag<IBrowserContext>> Opened = [];

    /// <summary>Remembers a context of the test that is running.</summary>
    public static void AtTheEndOfTheTest(IBrowserContext context)
    {
        if (TestContext.Current.Test is { } test)
        {
            Opened.GetOrAdd(test.UniqueID, _ => []).Add(context);
        }
    }

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (Opened.TryRemove(test.UniqueID, out var contexts))
        {
            Task.Run(() => Task.WhenAll(contexts.Select(context => context.CloseAsync()))).GetAwaiter().GetResult();
        }
    }
}
