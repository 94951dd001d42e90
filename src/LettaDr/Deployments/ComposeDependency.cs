namespace LettaDr;

/// <summary>A service that another needs.</summary>
/// <param name="Service">Its name.</param>
/// <param name="Condition">What must be true of it first.</param>
/// <param name="IsRequired">Whether it is a fault when there is no such service (<c>required: false</c> says no).</param>
internal sealed record ComposeDependency(string Service, ComposeCondition Condition, bool IsRequired = true);
