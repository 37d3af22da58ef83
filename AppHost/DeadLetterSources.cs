namespace AppHost;

/// <summary>Gives Flows the dead letters of the services.</summary>
internal static class DeadLetterSources
{
    /// <summary>Passes the addresses of the services' dead letters, and a token that is good for these only.</summary>
    public static IResourceBuilder<ProjectResource> WithDeadLettersOf(
        this IResourceBuilder<ProjectResource> flows,
        IResourceBuilder<ParameterResource> signingKey,
        params IReadOnlyList<IResourceBuilder<ProjectResource>> services)
    {
        foreach (var (index, service) in services.Index())
        {
            var name = service.Resource.Name;
            flows
                .WithEnvironment($"Flows__DeadLetters__Sources__{index}__Name", name)
                .WithEnvironment(
                    $"Flows__DeadLetters__Sources__{index}__Url",
                    ReferenceExpression.Create($"{service.GetEndpoint("http")}/api/dead-letters/{name}"));
        }

        return flows.WithEnvironment(async context => context.EnvironmentVariables["Flows__DeadLetters__Token"] =
            DeadLetterToken.Sign((await signingKey.Resource.GetValueAsync(context.CancellationToken))!));
    }
}
