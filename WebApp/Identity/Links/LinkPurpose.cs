namespace WebApp.Identity.Links;

/// <summary>What a link in a mail permits. A link of one purpose is worthless for any other.</summary>
public enum LinkPurpose
{
    ConfirmAddress,
    ResetPassword,
    ChangeEmail,
}
