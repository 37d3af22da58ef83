/// <summary>One process at a time, all over the machine: whoever has the file open has the turn.</summary>
internal sealed class Turn : IAsyncDisposable
{
    // The system gives the lock back when its holder dies, however it dies.
    private readonly FileStream _file;

    private Turn(FileStream file) => _file = file;

    /// <param name="name">What the turn is for. By user too, because another's file could not be opened.</param>
    /// <exception cref="TimeoutException">Another process has had it for as long as that.</exception>
    public static async Task<Turn> TakeAsync(string name, TimeSpan patience, CancellationToken cancellationToken)
    {
        // In the folder for temporary files, because a clone may be read-only.
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
