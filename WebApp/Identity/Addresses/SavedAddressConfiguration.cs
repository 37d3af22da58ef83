using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WebApp.Identity.Addresses;

public sealed class SavedAddressConfiguration : IEntityTypeConfiguration<SavedAddress>
{
    public void Configure(EntityTypeBuilder<SavedAddress> builder)
    {
        builder.ToTable("saved_addresses");
        builder.Property(address => address.Id).ValueGeneratedNever();
        builder.Property(address => address.Name).HasMaxLength(SavedAddress.NameMaxLength);
        builder.Property(address => address.Street).HasMaxLength(SavedAddress.StreetMaxLength);
        builder.Property(address => address.ZipCode).HasMaxLength(SavedAddress.ZipCodeMaxLength);
        builder.Property(address => address.City).HasMaxLength(SavedAddress.CityMaxLength);
        builder.Property(address => address.State).HasMaxLength(SavedAddress.StateMaxLength);
        builder.Property(address => address.Country).HasMaxLength(SavedAddress.CountryMaxLength);
        builder.Ignore(address => address.InOneLine);
        builder.HasOne<ShopUser>().WithMany().HasForeignKey(address => address.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(address => address.UserId);
    }
}
