using System.Globalization;
using System.Management.Automation;

namespace LettaDr.Console.Commands;

/// <summary>Get-Date: gives the time, now or one that is given.</summary>
[Cmdlet(VerbsCommon.Get, "Date", DefaultParameterSetName = "DateAndFormat")]
public sealed class GetDateCommand : PSCmdlet
{
    /// <summary>The time; now otherwise.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("LastWriteTime")]
    public DateTime Date { get; set; }

    /// <summary>The time in seconds since 1970-01-01 UTC.</summary>
    [Parameter]
    [Alias("UnixTime")]
    public long UnixTimeSeconds { get; set; }

    /// <summary>Another year.</summary>
    [Parameter]
    [ValidateRange(1, 9999)]
    public int Year { get; set; }

    /// <summary>Another month.</summary>
    [Parameter]
    [ValidateRange(1, 12)]
    public int Month { get; set; }

    /// <summary>Another day.</summary>
    [Parameter]
    [ValidateRange(1, 31)]
    public int Day { get; set; }

    /// <summary>Another hour.</summary>
    [Parameter]
    [ValidateRange(0, 23)]
    public int Hour { get; set; }

    /// <summary>Another minute.</summary>
    [Parameter]
    [ValidateRange(0, 59)]
    public int Minute { get; set; }

    /// <summary>Another second.</summary>
    [Parameter]
    [ValidateRange(0, 59)]
    public int Second { get; set; }

    /// <summary>Another millisecond.</summary>
    [Parameter]
    [ValidateRange(0, 999)]
    public int Millisecond { get; set; }

    /// <summary>Gives a text in this format; FileDate, FileDateTime and their Universal forms are known.</summary>
    [Parameter]
    public string? Format { get; set; }

    /// <summary>Gives the time in UTC.</summary>
    [Parameter]
    public SwitchParameter AsUTC { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        DateTime time = Bound(nameof(UnixTimeSeconds)) ? DateTimeOffset.FromUnixTimeSeconds(UnixTimeSeconds).LocalDateTime
            : Bound(nameof(Date)) ? Date
            : DateTime.Now;
        time = time.AddMilliseconds(Bound(nameof(Millisecond)) ? Millisecond - time.Millisecond : 0)
            .AddSeconds(Bound(nameof(Second)) ? Second - time.Second : 0)
            .AddMinutes(Bound(nameof(Minute)) ? Minute - time.Minute : 0)
            .AddHours(Bound(nameof(Hour)) ? Hour - time.Hour : 0)
            .AddDays(Bound(nameof(Day)) ? Day - time.Day : 0)
            .AddMonths(Bound(nameof(Month)) ? Month - time.Month : 0)
            .AddYears(Bound(nameof(Year)) ? Year - time.Year : 0);
        time = AsUTC ? time.ToUniversalTime() : time;
        WriteObject(Format is null ? time : Text(time));
    }

    private bool Bound(string name) => MyInvocation.BoundParameters.ContainsKey(name);

    private string Text(DateTime time) => Format!.ToUpperInvariant() switch
    {
        "FILEDATE" => time.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
        "FILEDATEUNIVERSAL" => time.ToUniversalTime().ToString("yyyyMMddZ", CultureInfo.InvariantCulture),
        "FILEDATETIME" => time.ToString("yyyyMMddTHHmmssffff", CultureInfo.InvariantCulture),
        "FILEDATETIMEUNIVERSAL" => time.ToUniversalTime().ToString("yyyyMMddTHHmmssffffZ", CultureInfo.InvariantCulture),
        _ => time.ToString(Format, CultureInfo.CurrentCulture),
    };
}
