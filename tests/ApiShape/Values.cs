namespace ApiShape;

internal static class Values
{
    public static IResourceBuilder<ParameterResource> Parameters(IDistributedApplicationBuilder builder)
    {
        IResourceBuilder<ParameterResource> asked = builder.AddParameter("asked");
        IResourceBuilder<ParameterResource> secret = builder.AddParameter("secret", secret: true);
        IResourceBuilder<ParameterResource> given = builder.AddParameter("given", "value");
        IResourceBuilder<ParameterResource> published = builder.AddParameter("published", "value", publishValueAsDefault: true, secret: false);
        IResourceBuilder<ParameterResource> later = builder.AddParameter("later", () => "value");
        IResourceBuilder<ParameterResource> laterPublished = builder.AddParameter("later-published", () => "value", publishValueAsDefault: true, secret: false);
        IResourceBuilder<ParameterResource> generated = builder.AddParameter("generated", new GenerateParameterDefault { MinLength = 30, Special = false });
        IResourceBuilder<ParameterResource> kept = builder.AddParameter("kept", Rules(), secret: true, persist: true);
        IResourceBuilder<ParameterResource> configured = builder.AddParameterFromConfiguration("configured", "Some:Key", secret: true);
        asked.WithDescription("What it is for").WithDescription("*What* it is for", enableMarkdown: true);
        IResourceBuilder<IResourceWithConnectionString> elsewhere = builder.AddConnectionString("elsewhere");
        IResourceBuilder<IResourceWithConnectionString> named = builder.AddConnectionString("named", "NAMED_CONNECTION");
        IResourceBuilder<ConnectionStringResource> made = builder.AddConnectionString("made", ReferenceExpression.Create($"Host={given}"));
        IResourceBuilder<ConnectionStringResource> put = builder.AddConnectionString("put", expression => expression.Append($"Host={given};Key={secret:uri}"));
        ParameterResource made2 = ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, "password");
        ParameterResource made3 = ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(
            builder, "password-2", lower: true, upper: true, numeric: true, special: false, minLower: 1, minUpper: 1, minNumeric: 1, minSpecial: 0);
        ParameterResource own = new("own", given => given?.GetDefaultValue() ?? "value", secret: true) { Default = Rules(), IsConnectionString = false };
        _ = (asked.Resource.Description, asked.Resource.EnableDescriptionMarkdown, own.Secret, own.ValueExpression, made2.Name, made3.Name);
        _ = (published, later, laterPublished, generated, kept, configured, elsewhere.Resource.ConnectionStringEnvironmentVariable, named, made, put);
        return secret;
    }

    public static async Task ReadAsync(ParameterResource parameter, IResourceWithConnectionString connection, EndpointReference endpoint, CancellationToken cancellationToken)
    {
        ReferenceExpression expression = ReferenceExpression.Create($"{parameter}|{parameter:uri}|{connection}|{endpoint}|{endpoint.Property(EndpointProperty.Host)}|text");
        ReferenceExpression chosen = ReferenceExpression.CreateConditional(
            endpoint.Property(EndpointProperty.TlsEnabled), bool.TrueString, ReferenceExpression.Create($",ssl=true"), ReferenceExpression.Empty);
        ReferenceExpression byTls = endpoint.GetTlsValue(expression, chosen);
        var builder = new ReferenceExpressionBuilder();
        builder.AppendLiteral("text");
        builder.AppendFormatted("text");
        builder.AppendFormatted("text", "uri");
        builder.AppendFormatted(parameter);
        builder.AppendFormatted(parameter, "uri");
        builder.Append($"{expression}{byTls}");
        bool isEmpty = builder.IsEmpty;
        ReferenceExpression built = builder.Build();
        string? text = await built.GetValueAsync(cancellationToken);
        string? asCaller = await built.GetValueAsync(new ValueProviderContext { Caller = parameter, Network = KnownNetworkIdentifiers.LocalhostNetwork }, cancellationToken);
        string? value = await parameter.GetValueAsync(cancellationToken);
        string? address = await connection.GetConnectionStringAsync(cancellationToken);
        IExpressionValue both = endpoint;
        IValueProvider provider = both;
        IManifestExpressionProvider manifest = both;
        IValueWithReferences references = built;
        foreach (KeyValuePair<string, ReferenceExpression> property in connection.GetConnectionProperties())
        {
            _ = (property.Key, property.Value.ValueExpression);
        }

        _ = (isEmpty, text, asCaller, value, address, await provider.GetValueAsync(cancellationToken), manifest.ValueExpression, references.References);
        _ = (built.Format, built.ManifestExpressions, built.StringFormats, built.ValueProviders, chosen.IsConditional, chosen.Condition, chosen.MatchValue, chosen.WhenTrue, chosen.WhenFalse);
        _ = new ConnectionStringReference(connection, optional: true).Optional;
    }

    public static void Environment(IResourceBuilder<ProjectResource> app, IResourceBuilder<ParameterResource> parameter, IResourceBuilder<RedisResource> store)
    {
        EndpointReference endpoint = app.GetEndpoint("http");
        app.WithEnvironment("TEXT", "text")
            .WithEnvironment("NOTHING", (string?)null)
            .WithEnvironment("MIXED", $"{parameter}@{endpoint.Property(EndpointProperty.Port)}")
            .WithEnvironment("EXPRESSION", ReferenceExpression.Create($"{store}"))
            .WithEnvironment("LATER", () => "text")
            .WithEnvironment(context => context.EnvironmentVariables["CALLED"] = context.Resource.Name)
            .WithEnvironment(async context =>
            {
                await Task.Yield();
                context.EnvironmentVariables["CALLED_LATER"] = (context.ExecutionContext.IsRunMode, context.CancellationToken.IsCancellationRequested, context.Logger).ToString();
            })
            .WithEnvironment("ENDPOINT", endpoint)
            .WithEnvironment("PARAMETER", parameter)
            .WithEnvironment("CONNECTION", store)
            .WithEnvironment("VALUE", (IExpressionValue)endpoint)
            .WithEnvironment("PART", endpoint.Property(EndpointProperty.HostAndPort))
            .WithArgs("--first", "--second")
            .WithArgs("--port", endpoint.Property(EndpointProperty.TargetPort), parameter)
            .WithArgs(context => context.Args.Add(context.Resource.Name))
            .WithArgs(async context =>
            {
                await Task.Yield();
                context.Args.Add((context.ExecutionContext.IsRunMode, context.CancellationToken.IsCancellationRequested, context.Logger).ToString());
            });
        _ = new EnvironmentCallbackContext(new(DistributedApplicationOperation.Run), app.Resource, []);
        _ = new CommandLineArgsCallbackContext([]);
        _ = new CommandLineArgsCallbackContext([], app.Resource);
        app.WithAnnotation(new EnvironmentCallbackAnnotation(context => context.EnvironmentVariables.Clear()))
            .WithAnnotation(new CommandLineArgsCallbackAnnotation(args => args.Clear()));
    }

    private static GenerateParameterDefault Rules() => new()
    {
        MinLength = 22,
        Lower = true,
        Upper = true,
        Numeric = true,
        Special = true,
        MinLower = 1,
        MinUpper = 1,
        MinNumeric = 1,
        MinSpecial = 1,
    };
}
