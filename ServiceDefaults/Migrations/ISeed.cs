namespace ServiceDefaults.Migrations;

/// <summary>Adds the data that a service needs to start. Runs after the migrations at every start, in one replica at a time.</summary>
public interface ISeed
{
    Task RunAsync(CancellationToken cancellationToken);
}
