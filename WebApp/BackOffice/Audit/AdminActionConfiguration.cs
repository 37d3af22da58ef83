using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WebApp.BackOffice.Audit;

public sealed class AdminActionConfiguration : IEntityTypeConfiguration<AdminAction>
{
    public void Configure(EntityTypeBuilder<AdminAction> builder)
    {
        builder.ToTable("admin_actions");
        builder.HasKey(action => action.Id);
        builder.Property(action => action.Id).ValueGeneratedNever();
        builder.Ignore(action => action.SubjectKind).Ignore(action => action.AccountId);
        builder.HasIndex(action => new { action.At, action.Id });
        builder.HasIndex(action => new { action.ActorId, action.At });
    }
}
