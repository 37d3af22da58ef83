using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WebApp.Mail;

public sealed class SentMailConfiguration : IEntityTypeConfiguration<SentMail>
{
    public void Configure(EntityTypeBuilder<SentMail> builder)
    {
        builder.ToTable("sent_mails");
        builder.HasKey(mail => mail.MessageId);
        builder.Property(mail => mail.MessageId).ValueGeneratedNever();
        builder.HasIndex(mail => mail.At);
    }
}
