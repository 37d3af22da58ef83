using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EventBus.Postgres;

/// <summary>
/// The bus's tables, all in schema <c>messaging</c>. Names are explicit, because the relay's SQL uses them whatever the service's naming
/// convention is.
/// </summary>
internal static class MessagingModel
{
    public const string Schema = "messaging";

    public static void Map(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<OutboxMessage>(outbox =>
        {
            outbox.ToTable("outbox", Schema);
            MapMessage(outbox);
            outbox.HasKey(message => new { message.Partition, message.Id }).HasName("pk_outbox");
            VacuumOften(outbox);
        });

        modelBuilder.Entity<ScheduledMessage>(scheduled =>
        {
            scheduled.ToTable("scheduled", Schema);
            MapMessage(scheduled);
            scheduled.Property(message => message.DueAt).HasColumnName("due_at");
            scheduled.HasKey(message => message.Id).HasName("pk_scheduled");
            scheduled.HasIndex(message => new { message.Partition, message.DueAt }).HasDatabaseName("ix_scheduled_partition_due_at");
            VacuumOften(scheduled);
        });

        modelBuilder.Entity<InboxEntry>(inbox =>
        {
            inbox.ToTable("inbox", Schema);
            inbox.Property(entry => entry.Consumer).HasColumnName("consumer");
            inbox.Property(entry => entry.MessageId).HasColumnName("message_id").ValueGeneratedNever();
            inbox.Property(entry => entry.HandledAt).HasColumnName("handled_at");
            inbox.HasKey(entry => new { entry.Consumer, entry.MessageId }).HasName("pk_inbox");
        });

        modelBuilder.Entity<HandledVersion>(versions =>
        {
            versions.ToTable("handled_versions", Schema);
            versions.Property(handled => handled.Consumer).HasColumnName("consumer");
            versions.Property(handled => handled.Type).HasColumnName("type");
            versions.Property(handled => handled.Key).HasColumnName("key");
            versions.Property(handled => handled.Version).HasColumnName("version");
            versions.Property(handled => handled.HandledAt).HasColumnName("handled_at");
            versions.HasKey(handled => new { handled.Consumer, handled.Type, handled.Key }).HasName("pk_handled_versions");
        });
    }

    private static void MapMessage<T>(EntityTypeBuilder<T> entity) where T : StoredMessage
    {
        entity.Property(message => message.Id).HasColumnName("id").UseIdentityAlwaysColumn();
        entity.Property(message => message.Partition).HasColumnName("partition").ValueGeneratedNever();
        entity.Property(message => message.MessageId).HasColumnName("message_id");
        entity.Property(message => message.Type).HasColumnName("type");
        entity.Property(message => message.Kind).HasColumnName("kind").HasConversion<short>();
        entity.Property(message => message.Key).HasColumnName("key");
        entity.Property(message => message.Version).HasColumnName("version");
        entity.Property(message => message.CorrelationId).HasColumnName("correlation_id");
        entity.Property(message => message.Content).HasColumnName("content");
        entity.Property(message => message.TraceParent).HasColumnName("trace_parent");
        entity.Property(message => message.TraceState).HasColumnName("trace_state");
        entity.Property(message => message.Baggage).HasColumnName("baggage");
        entity.Property(message => message.CreatedAt).HasColumnName("created_at");
    }

    // Rows live for milliseconds. With the defaults, every read would scan thousands of dead rows before the first live one.
    private static void VacuumOften<T>(EntityTypeBuilder<T> entity) where T : class =>
        entity.HasStorageParameter("autovacuum_vacuum_scale_factor", 0)
            .HasStorageParameter("autovacuum_vacuum_threshold", 2000)
            .HasStorageParameter("autovacuum_vacuum_cost_delay", 0);
}
