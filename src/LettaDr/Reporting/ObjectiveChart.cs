namespace LettaDr;

/// <summary>What was measured against what is wanted, objective by objective.</summary>
internal sealed record ObjectiveChart(string Title, IReadOnlyList<ObjectiveBar> Bars) : IReportChart;
