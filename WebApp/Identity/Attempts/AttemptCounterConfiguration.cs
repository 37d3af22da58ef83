using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WebApp.Identity.Attempts;

public sealed class AttemptCounterConfiguration : IEntityTypeConfiguration<AttemptCounter>
{
    public void Configure(EntityTypeBuilder<AttemptCounter> builder)
    {
        builder.ToTable("attempt_counters");
        builder.HasKey(counter => counter.Key);
        builder.HasIndex(counter => counter.FreeAt);
    }
}
