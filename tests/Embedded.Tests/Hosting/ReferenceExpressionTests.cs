using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace Embedded.Tests.Hosting;

public sealed class ReferenceExpressionTests
{
    private static CancellationToken Deadline => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Expression_OfTextsAndValues_KeepsBothApart()
    {
        using var builder = DistributedApplicationTestingBuilder.Create();
        var name = builder.AddParameter("name", "a b");

        var expression = ReferenceExpression.Create($"{"x/y":uri}={name};{name:uri}{(string?)null}");

        Assert.Equal("x%2Fy={0};{1}", expression.Format);
        Assert.Equal(["{name.value}", "{name-uri-encoded.value}"], expression.ManifestExpressions);
        Assert.Equal([null, "uri"], expression.StringFormats);
        Assert.Equal<object>([name.Resource, name.Resource], expression.ValueProviders);
        Assert.Equal([name.Resource, name.Resource], ((IValueWithReferences)expression).References);
        Assert.False(expression.IsConditional);
        var asked = new AskedBy(name.Resource);
        Assert.Equal("a b for app at localhost when Run", await ReferenceExpression.Create($"{asked}").GetValueAsync(
            new ValueProviderContext
            {
                Caller = builder.AddExecutable("app", "sh", ".").Resource,
                Network = KnownNetworkIdentifiers.LocalhostNetwork,
                ExecutionContext = builder.ExecutionContext,
            },
            Deadline));
        Assert.Equal("x%2Fy=a b;a%20b", await expression.GetValueAsync(Deadline));
    }

    [Fact]
    public async Task Conditional_Value_ChoosesByTheConditionWithoutRegardToCase()
    {
        using var builder = DistributedApplicationTestingBuilder.Create();
        var (yes, no) = (ReferenceExpression.Create($"yes"), ReferenceExpression.Create($"no"));
        var condition = builder.AddParameter("wanted", "TRUE").Resource;

        var chosen = ReferenceExpression.CreateConditional(condition, "true", yes, no);
        var other = ReferenceExpression.CreateConditional(condition, "never", yes, no);

        Assert.Equal(("yes", "no"), (await chosen.GetValueAsync(Deadline), await other.GetValueAsync(Deadline)));
        Assert.Equal((true, condition, "true"), (chosen.IsConditional, chosen.Condition, chosen.MatchValue));
        Assert.Equal((yes, no), (chosen.WhenTrue, chosen.WhenFalse));
        Assert.Matches("^\\{cond-wanted-value-[0-9a-f]{8}\\.connectionString\\}$", chosen.ValueExpression);
    }

    [Fact]
    public async Task Builder_Pieces_BecomeOneExpression()
    {
        using var builder = DistributedApplicationTestingBuilder.Create();
        var name = builder.AddParameter("name", "a b");
        var text = new ReferenceExpressionBuilder();
        Assert.True(text.IsEmpty);

        text.AppendLiteral("{");
        text.AppendFormatted("plain");
        text.AppendFormatted("a/b", "uri");
        text.AppendFormatted(name.Resource);
        text.AppendFormatted(name.Resource, "uri");
        text.Append($"|{"text"}|{name}|{name:uri}|{name.Resource}|{name.Resource:uri}");
        var made = text.Build();

        Assert.False(text.IsEmpty);
        Assert.Equal("{plaina%2Fba ba%20b|text|a b|a%20b|a b|a%20b", await made.GetValueAsync(Deadline));
        Assert.Equal(6, made.ValueProviders.Count);
    }

    [Theory]
    [InlineData("hex")]
    [InlineData("")]
    public async Task Format_ThatIsUnknown_IsRefused(string format)
    {
        using var builder = DistributedApplicationTestingBuilder.Create();
        var text = new ReferenceExpressionBuilder();
        text.AppendFormatted(builder.AddParameter("name", "value").Resource, format);

        Assert.Throws<FormatException>(() => new ReferenceExpressionBuilder().AppendFormatted("text", format));
        await Assert.ThrowsAsync<FormatException>(async () => await text.Build().GetValueAsync(Deadline));
    }

    private sealed class AskedBy(ParameterResource value) : IExpressionValue
    {
        public string ValueExpression => value.ValueExpression;

        public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => value.GetValueAsync(cancellationToken);

        public async ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken = default) =>
            $"{await GetValueAsync(cancellationToken)} for {context.Caller?.Name} at {context.Network} when {context.ExecutionContext?.Operation}";
    }
}
