namespace LettaDr;

/// <summary>A column of a table.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="IsNumber">Whether it is set to the right.</param>
internal sealed record ReportColumn(string Title, bool IsNumber = false)
{
    public static implicit operator ReportColumn(string title) => new(title);

    public static ReportColumn Number(string title) => new(title, IsNumber: true);
}
