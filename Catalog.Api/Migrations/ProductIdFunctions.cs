namespace Catalog.Api.Migrations;

/// <summary>
/// Take ids from the sequence and raise it. Reading <c>last_value</c> and then calling <c>setval</c> would put the sequence back behind ids
/// that others take in between, so raising waits for them: takers share the lock, raising has it alone.
/// </summary>
internal static class ProductIdFunctions
{
    public const string Create =
        """
        create function next_product_id() returns bigint language plpgsql as
        $$ begin
            perform pg_advisory_xact_lock_shared(hashtext('product_ids'));
            return nextval('product_ids');
        end $$;
        create function raise_product_ids(id bigint) returns void language plpgsql as
        $$ begin
            perform pg_advisory_xact_lock(hashtext('product_ids'));
            if (select case when is_called then last_value else last_value - 1 end from product_ids) < id then
                perform setval('product_ids', id);
            end if;
        end $$;
        """;

    public const string Drop =
        """
        drop function next_product_id();
        drop function raise_product_ids(bigint);
        """;
}
