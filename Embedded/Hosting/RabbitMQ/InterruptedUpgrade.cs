namespace Aspire.Hosting.RabbitMQ;

/// <summary>
/// A broker that was killed while it made or changed the schema of its data refuses it for ever (<c>previous_upgrade_failed</c>). It copies
/// the data before (<c>{node}-upgrade-backup</c>) and marks the change (<c>{node}/schema_upgrade_lock</c>), so it can be undone.
/// </summary>
internal static class InterruptedUpgrade
{
    /// <summary>Goes back to before a change that was not finished; what it left is kept aside.</summary>
    /// <returns>Whether there was one.</returns>
    public static bool Undo(string folder, string node)
    {
        var (data, backup, aside) = (Path.Combine(folder, node), Path.Combine(folder, $"{node}-upgrade-backup"), Path.Combine(folder, $"{node}-interrupted"));
        var mark = Path.Combine(data, "schema_upgrade_lock");
        if (!File.Exists(mark))
        {
            // Without a mark a copy is half made, or of no use any more; the broker would take it for a whole one.
            if (Directory.Exists(data) && Directory.Exists(backup))
            {
                Directory.Delete(backup, recursive: true);
            }

            return false;
        }

        if (!Directory.Exists(backup))
        {
            File.Delete(mark);
            return true;
        }

        if (Directory.Exists(aside))
        {
            Directory.Delete(aside, recursive: true);
        }

        Directory.Move(data, aside);
        Directory.Move(backup, data);
        return true;
    }
}
