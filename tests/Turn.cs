/// <summary>A lock for one process at a time on the whole machine: the process that has the file open holds it.</summary>
internal sealed class Turn : IAsyncDisposable
{
    // The operating system releases the lock when the process ends, even if it is killed.
    private readonly FileStream _file;

    private Turn(FileStream file) => _file = file;

    /// <param name="name">What the lock is for. Each user has a separate lock, because a file of another user could not be opened.</param>
    /// <exception cref="TimeoutException">Another process held the lock for the whole time.</exception>
    public static async Task<Turn> TakeAsync(string name, TimeSpan patience, CancellationToken cancellationToken)
    {
        // In the temporary folder, because a clone may be read-only.
        var path = Path.Combine(Path.GetTempPath(), $"shop-tests-{Environment.UserName}-{name}.lock");
        var deadline = TimeProvider.System.GetUtcNow() + patience;
        while (true)
        {
            try
            {
                return new Turn(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException) when (TimeProvider.System.GetUtcNow() <= deadline)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
            }
            catch (IOException exception)
            {
                throw new TimeoutException($"Another process has held {path} for {patience.TotalMinutes} minutes.", exception);
            }
        }
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();
}
