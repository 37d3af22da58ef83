using System.Data.Common;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;

namespace ServiceDefaults.Api;

/// <summary>Which exceptions mean that a database or cache cannot be reached at the moment.</summary>
public sealed class StoreOutage
{
    /// <summary>The value of the header <c>Retry-After</c> during an outage, in seconds.</summary>
    public const string RetryAfter = "1";

    // PostgreSQL ends the sessions when it stops (57P01) or crashed (57P02), refuses new ones while it starts (57P03), ends a statement
    // that takes too long (57014), and takes no writes while it is read-only or after another server became the primary (25006).
    private static readonly string[] Passing = ["57P01", "57P02", "57P03", "57014", "25006"];

    private readonly List<Type> _kinds = [typeof(TimeoutException), typeof(SocketException)];

    /// <summary>
    /// Counts another client's exception as an outage. Known already: transient database errors, time-outs and broken sockets.
    /// </summary>
    public void Recognize<TException>() where TException : Exception => _kinds.Add(typeof(TException));

    /// <summary>Whether the exception, or one that caused it, means an outage.</summary>
    public bool IsCauseOf(Exception? exception) =>
        exception is not null && (Means(exception) || IsCauseOf(exception.InnerException));

    private bool Means(Exception exception) => exception is DbException database
        ? database.IsTransient || Passing.Contains(database.SqlState)
        : _kinds.Any(kind => kind.IsInstanceOfType(exception));
}

public static class StoreOutageSetup
{
    /// <summary>Answers 503 with <c>Retry-After</c> when <typeparamref name="TException"/> ends a request.</summary>
    public static IServiceCollection AddStoreOutage<TException>(this IServiceCollection services) where TException : Exception =>
        services.Configure<StoreOutage>(outage => outage.Recognize<TException>());
}
