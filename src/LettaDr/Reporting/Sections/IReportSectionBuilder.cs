namespace LettaDr;

/// <summary>Makes one section of a report. A new kind of object gets its section by one more of these in <see cref="DrReportBuilder"/>.</summary>
internal interface IReportSectionBuilder
{
    /// <summary>Takes the object, if it is one of its kind.</summary>
    bool TryAdd(object item);

    /// <summary>The section; null when nothing was taken.</summary>
    ReportSection? Build();
}
