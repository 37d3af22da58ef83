using ServiceDefaults.Telemetry;

namespace ServiceDefaults.Tests.Telemetry;

public sealed class StatementSummaryTests
{
    [Theory]
    [InlineData("SELECT p.id, p.name\nFROM products AS p\nWHERE p.id = @id", "SELECT catalogdb.products")]
    [InlineData("-- Orders of a buyer\n\nSELECT o.id FROM orders AS o", "SELECT catalogdb.orders")]
    [InlineData("SELECT count(*)::int FROM \"AspNetUsers\" AS a", "SELECT catalogdb.AspNetUsers")]
    [InlineData("SELECT s.id FROM (\n  SELECT o.id FROM orders AS o LIMIT @p\n) AS s", "SELECT catalogdb.orders")]
    [InlineData("select pg_notify('eventbus_outbox', partition::text) from unnest($1) partition", "SELECT unnest")]
    [InlineData("select pg_advisory_lock(1)", "SELECT pg_advisory_lock")]
    [InlineData("SELECT 1", "SELECT")]
    [InlineData("insert into messaging.inbox (queue, message_id) values ($1, $2) on conflict do nothing", "INSERT messaging.inbox")]
    [InlineData("insert into products(name) select name from drafts", "INSERT catalogdb.products")]
    [InlineData("delete from messaging.outbox where partition = $1", "DELETE messaging.outbox")]
    [InlineData(
        "update webhook_deliveries set next_attempt_at = @p0 where id in (select id from webhook_deliveries)",
        "UPDATE catalogdb.webhook_deliveries")]
    [InlineData(
        "with due as (delete from messaging.scheduled returning *) insert into messaging.outbox select * from due",
        "DELETE messaging.scheduled")]
    [InlineData(
        "UPDATE orders SET status = @p0 WHERE id = @p1;\nINSERT INTO messaging.outbox (id) VALUES (@p2);",
        "UPDATE catalogdb.orders; INSERT messaging.outbox")]
    [InlineData("set jit = off; set enable_sort = off", "SET")]
    [InlineData("listen eventbus_outbox", "LISTEN")]
    [InlineData(" \n ", "catalogdb")]
    public void Summary_SaysWhatIsDoneToWhichTable(string sql, string summary) =>
        Assert.Equal(summary, StatementSummary.Of(sql, "catalogdb"));

    [Theory]
    [InlineData("select")]
    [InlineData("select (((")]
    [InlineData("select * from")]
    [InlineData("select * from (((")]
    [InlineData("with")]
    [InlineData("with x as")]
    [InlineData("--")]
    [InlineData(";;;;")]
    [InlineData("insert")]
    public void Summary_OfHalfAStatement_IsSomething(string sql) => Assert.NotEmpty(StatementSummary.Of(sql, database: null));
}
