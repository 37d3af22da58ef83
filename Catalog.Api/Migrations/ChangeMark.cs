namespace Catalog.Api.Migrations;

/// <summary>The trigger that writes the number of the last transaction into a product's row. No code path can skip it.</summary>
internal static class ChangeMark
{
    public const string Create =
        """
        create function mark_change() returns trigger language plpgsql as
        $$ begin new.changed_in := pg_current_xact_id(); return new; end $$;
        create trigger mark_change before insert or update on products for each row execute function mark_change();
        """;

    public const string Drop =
        """
        drop trigger mark_change on products;
        drop function mark_change();
        """;
}
