using System.Text;
using Flows.Expectations;

namespace Flows.Tests.Expectations;

public sealed class ProcessFileTests
{
    [Fact]
    public void WrongProcess_IsRefusedWithAllItsFaults()
    {
        const string Json = """
            {
              "process": "parcel",
              "steps": [
                { "message": "packed", "from": "stock", "to": [], "after": ["placed"] },
                { "message": "packed", "from": "stock", "to": [], "after": ["packed"], "within": "-00:00:01" }
              ]
            }
            """;

        var refused = Assert.Throws<ProcessDeclarationException>(() => ProcessFile.Read(Encoding.UTF8.GetBytes(Json)));

        Assert.Equal(
            [
                "The message 'packed' is declared 2 times. Declare each message once.",
                "No step starts the process. Leave out 'after' in its first step.",
                "The step 'packed' names 'placed', which is not a message of this process.",
                "'within' of the step 'packed' is -00:00:01. Set it to a positive time, for example 00:00:30.",
            ],
            refused.Faults);
    }

    [Theory]
    [InlineData("{", "JSON")]
    [InlineData("null", "null")]
    [InlineData("""{ "process": "parcel" }""", "steps")]
    [InlineData("""{ "process": "parcel", "steps": null }""", "steps")]
    [InlineData("""{ "process": "parcel", "steps": [{ "message": "a", "from": "b", "to": [], "until": "c" }] }""", "until")]
    public void UnreadableProcess_IsRefused(string json, string expected)
    {
        var refused = Assert.Throws<ProcessDeclarationException>(() => ProcessFile.Read(Encoding.UTF8.GetBytes(json)));

        Assert.Contains(expected, Assert.Single(refused.Faults), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Folder_IsReadInTheOrderOfItsFiles_AndFaultsNameTheFile()
    {
        var folder = Directory.CreateTempSubdirectory("processes");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "a.json"), "[]");
            File.Copy(Repository.PathOf("docs", "processes", "order.json"), Path.Combine(folder.FullName, "b.json"));
            var faults = new List<string>();

            var processes = ProcessFile.ReadFolder(folder.FullName, faults);

            Assert.Equal("order", Assert.Single(processes).Process);
            Assert.StartsWith(Path.Combine(folder.FullName, "a.json"), Assert.Single(faults), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
