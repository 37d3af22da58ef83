namespace ServiceDefaults;

/// <summary>Connection strings for services whose transactions are short and many.</summary>
public static class PostgresConnectionString
{
    private const string Settings = "Max Auto Prepare=64;No Reset On Close=true";

    /// <summary>
    /// What is executed again and again stays prepared, and a connection is not cleaned up between two uses (seven statements each time). So
    /// nothing may be left behind in a session: settings, temporary tables and locks belong into a transaction. Null, which says that the
    /// address is missing, stays null.
    /// </summary>
    public static string? ForShortTransactions(string? connectionString) =>
        string.IsNullOrWhiteSpace(connectionString) ? connectionString : $"{connectionString.TrimEnd(' ', ';')};{Settings}";
}
