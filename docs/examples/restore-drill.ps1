<#
.SYNOPSIS
Makes one recovery test that is due, and keeps its report.

.DESCRIPTION
Runs in pwsh 7.4 or later, in lettadr, and as a runbook on a Hybrid Worker of Azure Automation with Docker. It asks nothing, and touches only
a throw-away copy. Of the tests that are overdue it makes the one whose last attempt is the longest ago, so that none that fails again and
again keeps the others waiting; where none is overdue, it makes none and says so.

.EXAMPLE
lettadr -NonInteractive -File docs/examples/restore-drill.ps1 -Plan /etc/lettadr/letta-dr.yaml -Reports /var/backups/drills
#>
param(
    # The plan file.
    [Parameter(Mandatory)]
    [string] $Plan,

    # The folder for reports.
    [Parameter(Mandatory)]
    [string] $Reports
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Module LettaDr)) {
    Import-Module LettaDr
}

$due = Get-LettaDrTestSchedule -Plan $Plan | Where-Object IsOverdue | Where-Object Test -ne 'BackupValidation' |
    Sort-Object LastEnded, NextDue | Select-Object -First 1
if (-not $due) {
    Write-Output 'No recovery test is due.'
    return
}

$drill = Invoke-LettaDrTest -Scenario $due.Test -Plan $Plan -Confirm:$false
$drill | Export-LettaDrReport -Path (Join-Path $Reports "$($drill.Id)-$($drill.Scenario).html") -Format Html
$drill
if ($drill.Outcome -ne 'Passed') {
    throw "The recovery test $($drill.Scenario) did not pass: $(@($drill.Steps | Where-Object Outcome -ne 'Passed')[0].Observed)"
}
