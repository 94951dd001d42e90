namespace LettaDr.Systems.Tests;

/// <summary>Compose projects read without an engine.</summary>
internal static class ComposeFixture
{
    public static string Folder(string name) => Path.Combine(AppContext.BaseDirectory, "Deployments", "fixtures", name);

    public static ComposeProject Read(string folder, params (string Name, string Value)[] environment)
    {
        var reader = Reader(environment);
        return reader.Read(reader.FindFiles(folder));
    }

    public static ComposeProjectReader Reader(params (string Name, string Value)[] environment) => new(
        environment.ToDictionary(variable => variable.Name, variable => variable.Value),
        path => File.Exists(path) ? File.ReadAllText(path) : null,
        ComposeYaml.Parse);

    public static DeploymentMember Member(this ComposeProject project, string name) => project.Members.Single(member => member.Name == name);
}
