<#
.SYNOPSIS
Tests whether a Letta deployment could be recovered today, keeps the evidence, and alerts when it could not.

.DESCRIPTION
Runs in pwsh 7.4 or later, in lettadr, and as a runbook on a Hybrid Worker of Azure Automation that reaches the deployment's Docker and
the repository. It asks nothing. It writes the results; where any of them did not pass, it sends an alert to the plan's endpoints at once,
and ends with an error, and so with an exit code other than 0, or with a failed job. It also ends so where the report or the metrics cannot be
written.

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

# A plan or a repository that cannot be read is a reason to alert like any other.
$trouble = @()
try {
    $results = @(Test-LettaDrReadiness -Plan $Plan -Deep:$Deep)
} catch {
    $results = @()
    $trouble += "Readiness could not be tested: $_"
}
$results
$notPassed = @($results | Where-Object Outcome -ne 'Passed')

# Before anything else: where the deployment is lost or a disk is full, what follows may fail.
try {
    if ($trouble.Count -gt 0) {
        Send-LettaDrAlert 'Readiness for a disaster could not be tested' $trouble[0] -Severity Critical -Plan $Plan | Out-Null
    } elseif ($notPassed.Count -gt 0) {
        $notPassed | Send-LettaDrAlert -Plan $Plan | Out-Null
    }
} catch {
    $trouble += "The alert was not delivered everywhere: $_"
}

# Each part by itself: what of a lost deployment cannot be asked any more must not keep the rest from the report.
function Get-Part([scriptblock] $Part) {
    try {
        & $Part
    } catch {
        Write-Warning "Left out of report and metrics: $_"
    }
}

if ($Report -or $Metric) {
    $parts = @(
        $results
        Get-Part { Measure-LettaRecoveryObjective -Plan $Plan }
        Get-Part { Get-LettaDrTestSchedule -Plan $Plan }
        Get-Part { Get-LettaBackup -Plan $Plan -Newest 500 }
    )
}
if ($Metric) {
    try {
        $parts | Export-LettaDrMetric -Path $Metric
    } catch {
        $trouble += "The metrics were not written: $_"
    }
}
if ($Report) {
    try {
        $more = @(
            Get-Part { Get-LettaDrTest -Plan $Plan -Newest 50 }
            Get-Part { $results | Get-LettaDrChecklist -Phase Pre -Plan $Plan }
        )
        $parts + $more | Export-LettaDrReport -Path $Report -Format Html -Force
    } catch {
        $trouble += "The report was not written: $_"
    }
}

if ($notPassed.Count -gt 0) {
    $first = "$($notPassed[0].Name): $($notPassed[0].Evidence)"
    $trouble = @("Not ready for a disaster: $($notPassed.Count) of $($results.Count) checks did not pass. $first") + $trouble
}
if ($trouble.Count -gt 0) {
    throw ($trouble -join ' ')
}
