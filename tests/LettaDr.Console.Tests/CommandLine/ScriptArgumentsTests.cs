using System.Management.Automation.Runspaces;

namespace LettaDr.Console.Tests;

public sealed class ScriptArgumentsTests
{
    [Fact]
    public void Words_become_parameters_as_in_pwsh()
    {
        IReadOnlyList<CommandParameter> parameters = ScriptArguments.Parse(
            ["first", "-Name", "value", "-On:true", "-Off:$false", "-Text:a:b", "-Next:", "-5", "-"]);
        (string?, object?)[] expected =
        [
            (null, "first"), ("-Name", null), (null, "value"), ("-On", true), ("-Off", false), ("-Text", "a:b"), ("-Next", "-5"), (null, "-"),
        ];
        Assert.Equal(expected, parameters.Select(parameter => ((string?)parameter.Name, (object?)parameter.Value)));
    }
}
