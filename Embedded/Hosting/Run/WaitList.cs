namespace Aspire.Hosting.Run;

/// <summary>What a resource waits for before it starts.</summary>
internal sealed class WaitList(IResource resource, ResourceNotificationService notifications)
{
    public static IEnumerable<string> NamesOf(IResource resource) =>
        resource.Annotations.OfType<WaitAnnotation>().Where(wait => !IsCovered(resource, wait)).Select(wait => wait.Resource.Name).Distinct();

    /// <param name="onWaiting">Called if not all is there.</param>
    /// <param name="enough">Ends the waiting, whatever is there.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task WaitAsync(Func<Task> onWaiting, Task enough, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var waits = Task.WhenAll(resource.Annotations.OfType<WaitAnnotation>().Select(wait => WaitAsync(wait, either.Token)));
        if (!waits.IsCompletedSuccessfully)
        {
            await onWaiting();
        }

        await await Task.WhenAny(waits, enough);
        await either.CancelAsync();
    }

    // A database is waited for, and so is its server: telling both says nothing more.
    private static bool IsCovered(IResource resource, WaitAnnotation wait) =>
        resource.Annotations.OfType<WaitAnnotation>().Any(other => other.Resource is IResourceWithParent child && child.Parent == wait.Resource);

    private async Task WaitAsync(WaitAnnotation wait, CancellationToken cancellationToken)
    {
        var behavior = wait.WaitBehavior ?? notifications.DefaultWaitBehavior;
        var name = wait.Resource.Name;
        if (wait.WaitType == WaitType.WaitUntilHealthy)
        {
            await notifications.WaitForResourceHealthyAsync(name, behavior, cancellationToken);
            return;
        }

        var happened = await notifications.WaitForResourceAsync(name, happened => HasArrived(wait, happened, behavior), cancellationToken);
        var state = happened.Snapshot.State?.Text;
        if (wait.WaitType == WaitType.WaitForCompletion && (state == KnownResourceStates.FailedToStart || happened.Snapshot.ExitCode != wait.ExitCode))
        {
            throw new DistributedApplicationException(
                $"'{name}' was to end with exit code {wait.ExitCode}; it is {state} with {happened.Snapshot.ExitCode?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none"}.");
        }

        if (wait.WaitType == WaitType.WaitUntilStarted && state != KnownResourceStates.Running)
        {
            throw new DistributedApplicationException($"'{name}' was to run; it is {state}.");
        }
    }

    private static bool HasArrived(WaitAnnotation wait, ResourceEvent happened, WaitBehavior behavior)
    {
        var state = happened.Snapshot.State?.Text ?? "";
        var isOver = KnownResourceStates.TerminalStates.Contains(state);
        return wait.WaitType == WaitType.WaitForCompletion
            ? isOver
            : state == KnownResourceStates.Running || (isOver && behavior == WaitBehavior.StopOnResourceUnavailable);
    }
}
