using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WebApp.Identity;

public sealed class ShopUserConfiguration : IEntityTypeConfiguration<ShopUser>
{
    public void Configure(EntityTypeBuilder<ShopUser> builder)
    {
        builder.ToTable("users");
        builder.Property(user => user.Name).HasMaxLength(ShopUser.NameMaxLength);
        builder.HasIndex(user => user.NormalizedEmail).IsUnique();
    }
}
