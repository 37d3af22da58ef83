namespace WebApp.Components.Elements;

public enum NoticeKind
{
    Good,
    Info,
    Warn,
    Bad,
}
