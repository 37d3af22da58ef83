namespace WebApp.Identity.Sessions;

/// <summary>
/// The database cannot say at the moment whether the visitor's session has ended. Pages that are the same for everybody do not need to
/// know; the others are answered as in every outage of a store.
/// </summary>
public sealed class SessionUncheckedException : Exception
{
    public SessionUncheckedException() : base("The session could not be checked, because the database cannot be reached.")
    {
    }
}
