namespace ServiceDefaults;

/// <summary>Connection strings for services whose transactions are short and many.</summary>
public static class PostgresConnectionString
{
    private const string Settings = "Max Auto Prepare=64";

    /// <summary>What is executed again and again stays prepared. Null, which says that the address is missing, stays null.</summary>
    public static string? ForShortTransactions(string? connectionString) =>
        string.IsNullOrWhiteSpace(connectionString) ? connectionString : $"{connectionString.TrimEnd(' ', ';')};{Settings}";
}
