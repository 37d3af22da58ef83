namespace AppHost.FaultLab;

/// <summary>Breaks a resource in one way, for a time.</summary>
/// <param name="name">The name of the command, as in <c>cut-link</c>.</param>
/// <param name="title">What the dashboard shows.</param>
/// <param name="icon">The name of a Fluent UI icon.</param>
internal abstract class Fault(string name, string title, string icon)
{
    public string Name => name;

    public string Title => title;

    public string Icon => icon;

    /// <summary>What happens, in one or two sentences.</summary>
    public abstract string Effect { get; }

    /// <summary>What one sees while it lasts, in Flows and in the shop.</summary>
    public abstract string Expectation { get; }

    /// <summary>The arguments of the command.</summary>
    public virtual IReadOnlyList<InteractionInput> Arguments => [NumberArgument.Seconds.ToInput()];

    /// <summary>False for one that is done when it has begun.</summary>
    public virtual bool Lasts => true;

    /// <summary>Whether the command is offered while the resource is in this state.</summary>
    public virtual ResourceCommandState StateIn(CustomResourceSnapshot snapshot) => ResourceCommandState.Enabled;

    /// <summary>Begins the fault.</summary>
    /// <returns>Ends it.</returns>
    /// <exception cref="FaultRefusedException">It cannot begin; nothing has changed.</exception>
    public abstract Task<IAsyncDisposable> BeginAsync(FaultCall call, CancellationToken cancellationToken);
}
