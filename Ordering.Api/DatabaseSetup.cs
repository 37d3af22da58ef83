using ServiceDefaults.Databases;
using ServiceDefaults.Migrations;

namespace Ordering.Api;

internal static class DatabaseSetup
{
    public static void AddOrderingDatabase(this IHostApplicationBuilder builder)
    {
        builder.AddDatabase<OrderingContext>("orderingdb");
        builder.AddMigration<OrderingContext>();
    }
}
