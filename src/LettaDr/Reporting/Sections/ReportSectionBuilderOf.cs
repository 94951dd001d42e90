namespace LettaDr;

/// <summary>A section of objects of one type.</summary>
internal abstract class ReportSectionBuilder<T>(string key, string title, IReadOnlyList<ReportColumn> columns) : ReportSectionBuilder(key, title, columns)
    where T : class
{
    protected sealed override bool Takes(object item) => item is T;

    protected sealed override ReportRow Read(object item) => Read((T)item);

    protected abstract ReportRow Read(T item);
}
