using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ordering.Api.Buyers;

internal sealed class GuestAdoptionConfiguration : IEntityTypeConfiguration<GuestAdoption>
{
    public void Configure(EntityTypeBuilder<GuestAdoption> adoption)
    {
        adoption.ToTable("guest_adoptions");
        adoption.HasKey(a => a.GuestId);
        adoption.Property(a => a.GuestId).ValueGeneratedNever();
    }
}
