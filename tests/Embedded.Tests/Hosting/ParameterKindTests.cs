using System.Text;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Publishing;
using Aspire.Hosting.Testing;

namespace Embedded.Tests.Hosting;

public sealed class ParameterKindTests
{
    private static CancellationToken Deadline => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Value_OfEachKind_ComesFromWhereItSays()
    {
        using var builder = DistributedApplicationTestingBuilder.Create("--Some:Key=configured", "--Parameters:model=configured");
        var calls = 0;
        var later = builder.AddParameter("later", () => $"made {++calls}").Resource;
        var configured = builder.AddParameterFromConfiguration("configured", "Some:Key", secret: true).Resource;
        var absent = builder.AddParameterFromConfiguration("absent", "Some:Other").Resource;
        var generated = builder.AddParameter("generated", new GenerateParameterDefault { MinLength = 30 }).Resource;
        var own = new ParameterResource("own", given => given?.GetDefaultValue() ?? "none", secret: true);

        Assert.Equal(0, calls);
        Assert.Equal(("made 1", "made 1"), (await later.GetValueAsync(Deadline), later.Value));
        Assert.Equal(("configured", true, false), (await configured.GetValueAsync(Deadline), configured.Secret, later.Secret));
        var missing = Assert.Throws<MissingParameterValueException>(() => absent.Value);
        Assert.Contains("Some:Other", missing.Message, StringComparison.Ordinal);
        Assert.Equal("in the model", builder.AddParameter("model", () => "in the model").Resource.Value);
        Assert.Equal((30, 30), (generated.Value.Length, Assert.IsType<GenerateParameterDefault>(generated.Default).MinLength));
        Assert.Equal(("none", "{own.value}"), (await own.GetValueAsync(Deadline), own.ValueExpression));
        Assert.Throws<ArgumentException>(() => builder.AddParameter("both", "value", publishValueAsDefault: true, secret: true));
    }

    [Fact]
    public void Description_OfAParameter_IsKept()
    {
        using var builder = DistributedApplicationTestingBuilder.Create("--ConnectionStrings:elsewhere=Host=far");
        var plain = builder.AddParameter("plain", "value").WithDescription("What for").Resource;
        var marked = builder.AddParameter("marked", "value").WithDescription("*What* for", enableMarkdown: true).Resource;
        var connection = Assert.IsType<ParameterResource>(builder.AddConnectionString("elsewhere").Resource, exactMatch: false);

        Assert.Equal(("What for", false), (plain.Description, plain.EnableDescriptionMarkdown));
        Assert.Equal(("*What* for", true), (marked.Description, marked.EnableDescriptionMarkdown));
        Assert.Equal((true, false), (connection.IsConnectionString, plain.IsConnectionString));
    }

    [Fact]
    public async Task Parameter_MadeByHand_IsPublishedAsItSays()
    {
        var resources = await Published.ResourcesAsync(builder =>
        {
            builder.AddResource(new ParameterResource("own", _ => "value")
            {
                Default = new Versioned(),
                Description = "What for",
                EnableDescriptionMarkdown = true,
                IsConnectionString = true,
            });
            builder.AddParameter("published", () => "said", publishValueAsDefault: true);
        });

        Assert.Equal("{own.value}", resources.Text("own.connectionString"));
        Assert.Equal("v1 beside own.txt", resources.Text("own.inputs.value.default.value"));
        Assert.Equal("said", resources.Text("published.inputs.value.default.value"));
    }

    [Fact]
    public async Task GeneratedDefault_Rules_ArePublishedWhereTheyDifferFromTheUsual()
    {
        var resources = await Published.ResourcesAsync(builder =>
        {
            builder.AddParameter("usual", new GenerateParameterDefault());
            builder.AddParameter("strict", new GenerateParameterDefault
            {
                MinLength = 8,
                Lower = false,
                Upper = false,
                Numeric = false,
                Special = false,
                MinLower = 1,
                MinUpper = 2,
                MinNumeric = 3,
                MinSpecial = 4,
            });
            var password = ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, "password", special: false, minUpper: 5);
            builder.AddContainer("app", "app").WithEnvironment("KEY", new Named(password));
        });

        Assert.Equal("{\"minLength\":22}", resources["usual"]!["inputs"]!["value"]!["default"]!["generate"]!.ToJsonString());
        Assert.Equal(
            "{\"minLength\":8,\"lower\":false,\"upper\":false,\"numeric\":false,\"special\":false,\"minLower\":1,\"minUpper\":2,\"minNumeric\":3,\"minSpecial\":4}",
            resources["strict"]!["inputs"]!["value"]!["default"]!["generate"]!.ToJsonString());
        Assert.Equal("{password.value}", resources.Text("app.env.KEY"));
        Assert.Equal("{\"minLength\":22,\"special\":false,\"minUpper\":5}", resources["password"]!["inputs"]!["value"]!["default"]!["generate"]!.ToJsonString());
    }

    [Fact]
    public void GeneratedDefault_OfEachRule_HasThoseLetters()
    {
        var upper = new GenerateParameterDefault { Lower = false, Numeric = false, Special = false, MinUpper = 40 };
        var mixed = new GenerateParameterDefault { Upper = false, MinLength = 4, MinLower = 2, MinSpecial = 3, MinNumeric = 4 };

        Assert.Matches("^[A-Z]{40}$", upper.GetDefaultValue());
        var value = mixed.GetDefaultValue();
        Assert.Equal((9, 2, 4, 3), (value.Length, value.Count(char.IsAsciiLetterLower), value.Count(char.IsAsciiDigit), value.Count(c => !char.IsAsciiLetterOrDigit(c))));
        Assert.Equal((true, false, true, true), (mixed.Lower, mixed.Upper, mixed.Numeric, mixed.Special));
        Assert.Equal((2, 0, 4, 3), (mixed.MinLower, mixed.MinUpper, mixed.MinNumeric, mixed.MinSpecial));
        Assert.Throws<DistributedApplicationException>(
            () => new GenerateParameterDefault { Lower = false, Upper = false, Numeric = false, Special = false }.GetDefaultValue());
    }

    [Fact]
    public void DefaultOfOnesOwn_CanBeTestedAlone()
    {
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text))
        {
            var publish = new DistributedApplicationExecutionContext(DistributedApplicationOperation.Publish);
            writer.WriteStartObject();
            new Versioned().WriteToManifest(new ManifestPublishingContext(publish, "/out/manifest.json", writer, Deadline));
            writer.WriteEndObject();
        }

        Assert.Equal("{\"value\":\"v1 beside own.txt\"}", Encoding.UTF8.GetString(text.ToArray()));
    }

    private sealed class Versioned : ParameterDefault
    {
        public override string GetDefaultValue() => "v1";

        public override void WriteToManifest(ManifestPublishingContext context)
        {
            Assert.True(context.ExecutionContext.IsPublishMode);
            Assert.False(context.CancellationToken.IsCancellationRequested);
            var beside = Path.Combine(Path.GetDirectoryName(context.ManifestPath)!, "own.txt");
            context.Writer.WriteString("value", $"{GetDefaultValue()} beside {context.GetManifestRelativePath(beside)}");
        }
    }

    private sealed class Named(ParameterResource parameter) : IExpressionValue, IValueWithReferences
    {
        public string ValueExpression => parameter.ValueExpression;

        public IEnumerable<object> References => [parameter];

        public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => parameter.GetValueAsync(cancellationToken);
    }
}
