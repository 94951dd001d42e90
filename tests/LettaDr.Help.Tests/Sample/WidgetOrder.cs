namespace LettaDr.Help.Sample;

/// <summary>How widgets are sorted.</summary>
public enum WidgetOrder
{
    /// <summary>By name.</summary>
    Name,

    /// <summary>By number.</summary>
    Number,
}
