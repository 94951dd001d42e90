<#
.SYNOPSIS
Tests whether a Letta deployment could be recovered today, keeps the evidence, and alerts when it could not.

.DESCRIPTION
Runs in pwsh 7.4 or later, in lettadr, and as a runbook on a Hybrid Worker of Azure Automation that reaches the deployment's Docker and
the repository. It asks nothing. It writes the results; where any of them did not pass, it sends an alert to the plan's endpoints and ends
with an error, and so with an exit code other than 0, or with a failed job.

.EXAMPLE
lettadr -NonInteractive -File docs/examples/readiness-gate.ps1 -Plan /etc/lettadr/letta-dr.yaml -Report /var/www/dr/readiness.html

.EXAMPLE
pwsh -NonInteractive -File docs/examples/readiness-gate.ps1 -Plan ./letta-dr.yaml -Deep
#>
param(
    # The plan file.
    [Parameter(Mandatory)]
    [string] $Plan,

    # Where the report goes, e.g. readiness.html; none is written without it.
    [string] $Report,

    # Where metrics go for node_exporter's textfile collector, e.g. /var/lib/node_exporter/lettadr.prom.
    [string] $Metric,

    # Reads every byte of the newest sets, and sends a test alert in any case.
    [switch] $Deep
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Module LettaDr)) {
    Import-Module LettaDr
}

$results = @(Test-LettaDrReadiness -Plan $Plan -Deep:$Deep)
$objectives = @(Measure-LettaRecoveryObjective -Plan $Plan)
$schedule = @(Get-LettaDrTestSchedule -Plan $Plan)

if ($Report) {
    $backups = @(Get-LettaBackup -Plan $Plan -Newest 500)
    $drills = @(Get-LettaDrTest -Plan $Plan -Newest 50)
    $checklist = @($results | Get-LettaDrChecklist -Phase Pre -Plan $Plan)
    $results + $objectives + $backups + $drills + $schedule + $checklist | Export-LettaDrReport -Path $Report -Format Html -Force
}
if ($Metric) {
    $results + $objectives + $schedule + @(Get-LettaBackup -Plan $Plan -Newest 500) | Export-LettaDrMetric -Path $Metric
}

$results
$notPassed = @($results | Where-Object Outcome -ne 'Passed')
if ($notPassed.Count -gt 0) {
    $notPassed | Send-LettaDrAlert -Plan $Plan | Out-Null
    throw "Not ready for a disaster: $($notPassed.Count) of $($results.Count) checks did not pass. $($notPassed[0].Name): $($notPassed[0].Evidence)"
}
