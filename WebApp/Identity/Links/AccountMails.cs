using Contracts.Mail;

namespace WebApp.Identity.Links;

/// <summary>The words of the mails about accounts.</summary>
internal static class AccountMails
{
    private const string NotYou = "Was that not you? Then ignore this mail: without the link, nothing happens.";

    public static SendMail ConfirmAddress(ShopUser user, string path) => To(
        user,
        "Confirm your e-mail address",
        ["One step is left to open your account: confirm that this is your address. The link works for two days.", NotYou],
        new MailLink("Confirm and sign in", path));

    public static SendMail AlreadyRegistered(ShopUser user) => To(
        user,
        "You already have an account",
        [
            "Somebody, probably you, wanted to open an account with this address. You have one already: just sign in.",
            "If you do not remember your password, choose “Forgotten your password?” on the same page.",
        ],
        new MailLink("Sign in", "/sign-in"));

    public static SendMail ResetPassword(ShopUser user, string path) => To(
        user,
        "Choose a new password",
        ["With this link you choose a new password for your account. It works once, within an hour.", NotYou],
        new MailLink("Choose a new password", path));

    public static SendMail PasswordChanged(ShopUser user) => To(
        user,
        "Your password was changed",
        [
            "Your account has a new password, and you are signed out everywhere else.",
            "Was that not you? Choose another password at once.",
        ],
        new MailLink("Choose another password", "/forgot-password"));

    public static SendMail ConfirmNewEmail(ShopUser user, string email, string path) => To(
        user,
        "Confirm your new e-mail address",
        ["Your account gets this address as soon as you confirm it. The link works for two days.", NotYou],
        new MailLink("Confirm the new address", path),
        email);

    public static SendMail EmailTaken(ShopUser owner) => To(
        owner,
        "This address has an account already",
        ["Somebody wanted to use your address for another account. Nothing has changed: an address belongs to one account only."],
        link: null);

    public static SendMail EmailChanged(ShopUser user, string oldEmail) => To(
        user,
        "Your e-mail address was changed",
        ["Your account has a new e-mail address, and mails no longer come to this one.", "Was that not you? Contact the shop at once."],
        link: null,
        oldEmail);

    public static SendMail AccountDeleted(ShopUser user) => To(
        user,
        "Your account is deleted",
        [
            "We have deleted your account, your saved addresses and your basket.",
            "We keep the invoices of your orders as long as the law requires, and use them for nothing else.",
            "Thank you for having been here.",
        ],
        link: null);

    private static SendMail To(ShopUser user, string subject, IReadOnlyList<string> paragraphs, MailLink? link, string? email = null) =>
        new(user.Id, email ?? user.Email!, user.Name, subject, paragraphs, link, Rows: []);
}
