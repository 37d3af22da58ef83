namespace WebApp.Storefront.Elements;

public enum NoticeKind
{
    Good,
    Info,
    Warn,
    Bad,
}
