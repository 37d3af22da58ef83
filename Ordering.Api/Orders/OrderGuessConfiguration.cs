using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ordering.Api.Orders;

internal sealed class OrderGuessConfiguration : IEntityTypeConfiguration<OrderGuess>
{
    public void Configure(EntityTypeBuilder<OrderGuess> guess)
    {
        guess.ToTable("order_guesses");
        guess.HasKey(g => g.Key);
        guess.HasIndex(g => g.FreeAt);
    }
}
