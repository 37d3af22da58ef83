using Dashboard.Resources.V1;
using Google.Protobuf.WellKnownTypes;
using Resource = Dashboard.Resources.V1.Resource;

namespace Aspire.Hosting.DashboardLink;

/// <summary>Puts a resource into the words of the link's contract. Secrets have no value in them.</summary>
internal static class ResourceMessage
{
    private const string InstanceProperty = "otel.service.instance";

    public static Resource From(ResourceEvent happened)
    {
        var snapshot = happened.Snapshot;
        var message = new Resource
        {
            Name = happened.ResourceId,
            DisplayName = happened.ResourceId,
            Type = snapshot.ResourceType,
            State = snapshot.State?.Text ?? "",
            Health = snapshot.HealthStatus?.ToString() ?? "",
            ParentName = ParentOf(happened),
            CreatedAt = At(snapshot.CreationTimeStamp),
            StartedAt = At(snapshot.StartTimeStamp),
            StoppedAt = At(snapshot.StopTimeStamp),
        };
        if (snapshot.ExitCode is { } exitCode)
        {
            message.ExitCode = exitCode;
        }

        if (happened.Resource is ProjectResource or ExecutableResource)
        {
            message.OtlpServiceName = happened.Resource.Name;
            message.OtlpServiceInstance = snapshot.Properties.FirstOrDefault(property => property.Name == InstanceProperty)?.Value?.ToString() ?? "";
        }

        message.Urls.Add(snapshot.Urls.Select(url => new Url
        {
            Name = url.Name ?? "",
            Url_ = url.Url,
            DisplayText = url.DisplayProperties.DisplayName,
            IsInternal = url.IsInternal,
        }));
        message.Environment.Add(snapshot.EnvironmentVariables.Select(variable => new Variable
        {
            Name = variable.Name,
            Value = variable.IsSecret ? "" : variable.Value ?? "",
            IsSecret = variable.IsSecret,
        }));
        message.Properties.Add(snapshot.Properties.Select(property => new Variable
        {
            Name = property.Name,
            Value = property.IsSensitive ? "" : property.Value?.ToString() ?? "",
            IsSecret = property.IsSensitive,
        }));
        message.HealthReports.Add(snapshot.HealthReports.Select(report => new HealthReport
        {
            Name = report.Name,
            Status = report.Status?.ToString() ?? "",
            Description = report.Description ?? "",
            LastRunAt = At(report.LastRunAt),
        }));
        message.Relationships.Add(snapshot.Relationships.Select(relationship => new Relationship
        {
            ResourceName = relationship.ResourceName,
            Type = relationship.Type,
        }));
        message.Commands.Add(snapshot.Commands.Where(IsShown).Select(command => new Command
        {
            Name = command.Name,
            DisplayName = command.DisplayName,
            Description = command.DisplayDescription ?? "",
            Confirmation = command.ConfirmationMessage ?? "",
            Icon = command.IconName ?? "",
            IsHighlighted = command.IsHighlighted,
            IsEnabled = command.State == ResourceCommandState.Enabled,
        }));
        return message;
    }

    public static ConsoleLines From(string resourceId, IReadOnlyList<LogLine> lines)
    {
        var message = new ConsoleLines { ResourceName = resourceId };
        message.Lines.Add(lines.Select(line => new ConsoleLine
        {
            Number = line.LineNumber,
            Text = line.Content,
            IsError = line.IsErrorMessage,
            At = Timestamp.FromDateTimeOffset(line.At),
        }));
        return message;
    }

    private static string ParentOf(ResourceEvent happened) => happened.IsReplica
        ? happened.Resource.Name
        : happened.Snapshot.Relationships.FirstOrDefault(relationship => relationship.Type == KnownRelationshipTypes.Parent)?.ResourceName ?? "";

    private static bool IsShown(ResourceCommandSnapshot command) =>
        command.State != ResourceCommandState.Hidden && command.Visibility.HasFlag(ResourceCommandVisibility.UI);

    private static Timestamp? At(DateTime? time) => time is { } known ? Timestamp.FromDateTime(DateTime.SpecifyKind(known, DateTimeKind.Utc)) : null;
}
