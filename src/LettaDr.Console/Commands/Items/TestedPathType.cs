namespace LettaDr.Console.Commands;

/// <summary>What Test-Path asks for.</summary>
public enum TestedPathType
{
    /// <summary>Anything.</summary>
    Any,

    /// <summary>A folder, or what else holds items.</summary>
    Container,

    /// <summary>A file, or what else holds none.</summary>
    Leaf,
}
