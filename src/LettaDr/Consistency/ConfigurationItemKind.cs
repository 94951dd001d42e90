namespace LettaDr;

/// <summary>What kind of thing two configurations are compared by.</summary>
public enum ConfigurationItemKind
{
    /// <summary>A file, by its content.</summary>
    File,

    /// <summary>One variable in a file of variables, e.g. in <c>.env</c>.</summary>
    FileVariable,

    /// <summary>An environment variable of a service's containers, the image's own included.</summary>
    Variable,

    /// <summary>A service's image, by name and digest.</summary>
    Image,

    /// <summary>What a service's containers mount at a path.</summary>
    Mount,

    /// <summary>The host port by which a container's port is published.</summary>
    Port,

    /// <summary>When Docker starts a service's containers by itself.</summary>
    RestartPolicy,

    /// <summary>The command of a service's containers.</summary>
    Command,

    /// <summary>The version of a server, as it says itself.</summary>
    Version,
}
