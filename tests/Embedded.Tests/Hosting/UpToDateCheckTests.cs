using System.Diagnostics;
using Aspire.Hosting.Processes;

namespace Embedded.Tests.Hosting;

/// <summary>Embedded/Hosting/UpToDateCheck.targets: when `dotnet run` of an AppHost leaves out the projects that it starts.</summary>
public sealed class UpToDateCheckTests(UpToDateCheckTests.Clone clone) : IClassFixture<UpToDateCheckTests.Clone>
{
    private static CancellationToken Deadline => TestContext.Current.CancellationToken;

    [Fact]
    public async Task NothingChanged_ProjectsAreLeftOut() => Assert.Equal("left out", await clone.RunAsync());

    [Fact]
    public async Task FileSaved_IsBuilt()
    {
        await File.AppendAllTextAsync(clone.Source, "// one more line", Deadline);

        Assert.Equal("built", await clone.RunAsync());
    }

    [Fact]
    public async Task OldFileAdded_AndRemoved_IsBuiltBothTimes()
    {
        var added = clone.PathOf("App", "Added.cs");
        await File.WriteAllTextAsync(added, "class Added;", Deadline);
        File.SetLastWriteTimeUtc(added, new DateTime(2020, 1, 1));
        Assert.Equal("built", await clone.RunAsync());

        File.Delete(added);
        Assert.Equal("built", await clone.RunAsync());
    }

    [Fact]
    public async Task OutputDeleted_IsBuilt()
    {
        File.Delete(clone.Output);

        Assert.Equal("built", await clone.RunAsync());
    }

    [Fact]
    public async Task OutputBuiltByAnotherCommand_IsBuilt()
    {
        Assert.Equal("built", await clone.DotNetAsync("build", clone.PathOf("App"), "-p:Version=2.0.0"));

        Assert.Equal("built", await clone.RunAsync());
    }

    [Fact]
    public async Task PropertySet_IsBuilt_AndLeavesNoRecord()
    {
        Assert.Equal("built", await clone.RunAsync("-p:Shade=dark"));

        Assert.Equal("built", await clone.RunAsync());
    }

    [Fact]
    public async Task OtherCommand_LooksAtEveryProject_AndLeavesARecord()
    {
        Assert.Equal("built", await clone.DotNetAsync("build", clone.PathOf("AppHost")));

        Assert.Equal("left out", await clone.RunAsync());
    }

    [Fact]
    public async Task FileSavedWhileItBuilds_IsBuiltNext()
    {
        await File.WriteAllTextAsync(clone.SaveWhileBuilding, "", Deadline);
        await File.AppendAllTextAsync(clone.Source, "// one more line", Deadline);
        Assert.Equal("built", await clone.RunAsync());

        File.Delete(clone.SaveWhileBuilding);
        Assert.Equal("built", await clone.RunAsync());
    }

    /// <summary>An AppHost and an app. The app notes each of its builds outside of the clone.</summary>
    public sealed class Clone : IAsyncLifetime
    {
        // …/bin/Debug/net10.0/: the engine was built with these tests.
        private static readonly string Configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

        private readonly TemporaryFolder _folder = new();

        public string Source => PathOf("App", "Program.cs");

        public string Output => PathOf("App", "bin", Configuration, "net10.0", "App.dll");

        /// <summary>While this file exists, a source file is saved after it was compiled.</summary>
        public string SaveWhileBuilding => Path.Combine(_folder.Path, "save");

        private string Builds => Path.Combine(_folder.Path, "builds");

        public string PathOf(params string[] parts) => Path.Combine([_folder.Path, "clone", .. parts]);

        public async ValueTask InitializeAsync()
        {
            Directory.CreateDirectory(PathOf("App"));
            Directory.CreateDirectory(PathOf("AppHost"));
            var engine = Repository.PathOf("Embedded", "Hosting");
            await File.WriteAllTextAsync(PathOf("App", "App.csproj"), $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <TargetFramework>net10.0</TargetFramework>
                    <OutputType>Exe</OutputType>
                  </PropertyGroup>
                  <Target Name="NoteBuild" AfterTargets="Build">
                    <WriteLinesToFile File="{Builds}" Lines="built" />
                    <Touch Files="Program.cs" Condition="Exists('{SaveWhileBuilding}')" />
                  </Target>
                </Project>
                """);
            await File.WriteAllTextAsync(Source, "System.Console.WriteLine();\n");
            await File.WriteAllTextAsync(PathOf("AppHost", "AppHost.csproj"), $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  <Import Project="{engine}/AppHost.props" />
                  <PropertyGroup>
                    <TargetFramework>net10.0</TargetFramework>
                    <OutputType>Exe</OutputType>
                    <EmbeddedSourcesFolder>{PathOf()}/</EmbeddedSourcesFolder>
                  </PropertyGroup>
                  <ItemGroup>
                    <ProjectReference Include="../App/App.csproj" />
                    <ProjectReference Include="{engine}/Embedded.Hosting.csproj" IsAspireProjectResource="false" />
                  </ItemGroup>
                </Project>
                """);
            await File.WriteAllTextAsync(PathOf("AppHost", "Directory.Build.targets"), $"""
                <Project>
                  <Import Project="{engine}/AppHost.targets" />
                </Project>
                """);
            await File.WriteAllTextAsync(PathOf("AppHost", "Program.cs"), """
                foreach (System.Reflection.AssemblyMetadataAttribute known in typeof(Projects.App).Assembly.GetCustomAttributes(typeof(System.Reflection.AssemblyMetadataAttribute), false))
                {
                    if (known.Key.StartsWith("embeddedprojectoutput:"))
                    {
                        System.Console.WriteLine(known.Value);
                    }
                }
                """);
            Assert.Equal("built", await RunAsync());
        }

        public ValueTask DisposeAsync()
        {
            _folder.Dispose();
            return ValueTask.CompletedTask;
        }

        /// <summary>`dotnet run`: AppHost must know where the app is, built or left out.</summary>
        public Task<string> RunAsync(params string[] options) => DotNetAsync("run", ["--project", PathOf("AppHost"), .. options]);

        public async Task<string> DotNetAsync(string command, params string[] arguments)
        {
            var before = BuildCount();
            using var process = Process.Start(new ProcessStartInfo(Programs.DotNet, [command, "-c", Configuration, .. arguments])
            {
                RedirectStandardOutput = true,
                WorkingDirectory = _folder.Path,
                Environment = { ["MSBUILDDISABLENODEREUSE"] = "1", ["AspireEngine"] = "embedded" },
            })!;
            var said = (await process.StandardOutput.ReadToEndAsync(Deadline)).Trim();
            await process.WaitForExitAsync(Deadline);
            Assert.True(process.ExitCode == 0, said);
            if (command == "run")
            {
                Assert.Equal(Output, said);
            }

            return BuildCount() == before ? "left out" : "built";
        }

        private int BuildCount() => File.Exists(Builds) ? File.ReadAllLines(Builds).Length : 0;
    }
}
