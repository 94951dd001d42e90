<#
.SYNOPSIS
Backs up a Letta deployment, proves the backup, and thins out the old ones. To be run by a schedule.

.DESCRIPTION
Runs in pwsh 7.4 or later, in lettadr, and as a runbook on a Hybrid Worker of Azure Automation. It asks nothing. Any failure ends
it with an error, and so with an exit code other than 0, or with a failed job. It writes one object that says what was done.

Old backups are removed only after the new one was proven.

.EXAMPLE
lettadr -NonInteractive -File docs/examples/nightly-backup.ps1 -Deployment demo -Repository /var/backups/letta

.EXAMPLE
pwsh -NonInteractive -File docs/examples/nightly-backup.ps1 -Deployment demo -Repository /mnt/letta -Level Checksum
#>
param(
    # Compose project, Compose file or container. A URI does too, but may show its password in the list of processes.
    [Parameter(Mandatory)]
    [string] $Deployment,

    # The directory that keeps the sets.
    [Parameter(Mandatory)]
    [string] $Repository,

    # Restore proves the set in a throw-away container; Checksum only reads it.
    [ValidateSet('Checksum', 'Restore')]
    [string] $Level = 'Restore',

    # Role and password, where those that are found are not to be used.
    [pscredential] $Credential
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Module LettaDr)) {
    Import-Module LettaDr
}

$letta = @{ Deployment = $Deployment; Repository = $Repository; Label = 'nightly' }
if ($Credential) {
    $letta.Credential = $Credential
}
$backup = Backup-LettaDatabase @letta

$tests = @(Test-LettaBackup $backup -Level $Level)
# Checks of parts that a set of the database does not have are not run, and no fault.
$notPassed = @($tests | Where-Object { $_.Outcome -eq 'Failed' -or ($Level -eq 'Restore' -and $_.Name -eq 'RestoredIdentical' -and $_.Outcome -ne 'Passed') })
if ($notPassed.Count -gt 0) {
    throw "The backup $backup was made, but not proven. $($notPassed[0].Name): $($notPassed[0].Evidence)"
}

$retention = @(Invoke-LettaRetention $Repository $backup.Deployment -Confirm:$false)

[pscustomobject]@{
    Backup       = $backup.Id
    SnapshotTime = $backup.SnapshotTime
    Seconds      = [math]::Round($backup.Duration.TotalSeconds, 1)
    Size         = $backup.Size
    Rows         = $backup.Rows
    Evidence     = ($tests | Where-Object Outcome -eq 'Passed')[-1].Evidence
    Kept         = @($retention | Where-Object Keep).Count
    Removed      = @($retention | Where-Object Removed).Count
}
