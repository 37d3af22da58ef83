namespace Embedded.Tests.PublicMembers;

/// <summary>
/// Every public member of the embedded engine is used by a test that runs, not only by ApiShape, which is compiled. What is listed here
/// needs a test that asserts its effect; or, where Aspire has no such member, it should not be public. Each accessor of a property counts
/// for itself; an enum and a marker count when their type is named.
/// </summary>
public sealed class PublicMemberTests
{
    [Fact]
    public void EveryPublicMember_IsUsedByATestThatRuns()
    {
        var used = UsedMembers.Find();

        var unused = DeclaredMembers.All.Where(member => !member.Names.Any(used.Contains)).Select(member => member.Names[0]).ToArray();

        Assert.True(unused.Length == 0, $"No test uses {unused.Length} public members:\n{string.Join('\n', unused.Order(StringComparer.Ordinal))}");
    }

    [Theory]
    [InlineData("Aspire.Hosting.ApplicationModel.ContainerLifetime")]
    [InlineData("Aspire.Hosting.ApplicationModel.IComputeResource")]
    [InlineData("Aspire.Hosting.ApplicationModel.KnownResourceStates.Running")]
    [InlineData("Aspire.Hosting.ApplicationModel.IResourceBuilder`1.get_Resource() : !0")]
    [InlineData("Aspire.Hosting.ApplicationModel.ReferenceExpressionBuilder..ctor() : System.Void")]
    [InlineData("Aspire.Hosting.DistributedApplicationOptions.set_Args(System.String[]) : System.Void")]
    [InlineData("Aspire.RabbitMQ.Client.RabbitMQClientSettings.set_MaxConnectRetryCount(System.Int32) : System.Void")]
    public void Member_OfEachKind_IsDeclaredAndUsedUnderTheSameName(string name)
    {
        Assert.Single(DeclaredMembers.All, member => member.Names[0] == name);
        Assert.Contains(name, UsedMembers.Find());
    }

    [Fact]
    public void Member_ThatNobodyUses_IsFound()
    {
        var used = UsedMembers.Find();
        used.RemoveWhere(name => name.Contains(".AddPostgres(", StringComparison.Ordinal));

        Assert.Single(DeclaredMembers.All, member => member.Names[0].Contains(".AddPostgres(", StringComparison.Ordinal) && !member.Names.Any(used.Contains));
    }
}
