using System.Globalization;
using Flows;
using Microsoft.AspNetCore.Connections;

// Numbers are written the same on every machine, whatever its language is: styles have some of them.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

if (CommandLine.AsksForHelp(args))
{
    Console.WriteLine(CommandLine.Usage);
    return 0;
}

try
{
    await using var app = FlowsApp.Build(args);
    await app.RunAsync();
    return 0;
}
catch (FlowsConfigurationException exception)
{
    foreach (var fault in exception.Faults)
    {
        Console.Error.WriteLine(fault);
    }

    return 1;
}
catch (IOException exception) when (exception.InnerException is AddressInUseException)
{
    Console.Error.WriteLine(
        $"{exception.Message} Stop what listens there, or set {FlowsConfiguration.FrontendSetting}, " +
        $"{FlowsConfiguration.OtlpGrpcSetting} or {FlowsConfiguration.OtlpHttpSetting} to another port.");
    return 1;
}
