namespace LettaDr;

/// <summary>A file or folder of this machine that a Compose project refers to.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Purpose">What it is to the project, e.g. <c>env_file of letta_server</c>.</param>
/// <param name="Required">Whether the project cannot do without it.</param>
/// <param name="Secret">Whether the project itself calls it a secret.</param>
/// <param name="ReadOnly">Whether containers only read it; says of a folder that it is configuration and not data.</param>
internal sealed record ReferencedFile(string Path, string Purpose, bool Required = true, bool Secret = false, bool ReadOnly = false);
