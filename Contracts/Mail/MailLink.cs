namespace Contracts.Mail;

/// <summary>A button. <see cref="Path"/> begins with a slash; the receiver adds the shop's public address.</summary>
public sealed record MailLink(string Text, string Path);
