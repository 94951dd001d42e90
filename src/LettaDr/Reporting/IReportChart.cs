namespace LettaDr;

/// <summary>The figures of a chart: an <see cref="ObjectiveChart"/>, a <see cref="BackupTimeline"/> or a <see cref="StageChart"/>.</summary>
internal interface IReportChart
{
    string Title { get; }
}
