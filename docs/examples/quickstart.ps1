<#
.SYNOPSIS
Shows on a throw-away Letta that a backup brings back everything, and proves it; then a recovery test, readiness, and the report.

.DESCRIPTION
Makes a Letta deployment in Docker, backs its database up, proves that the backup restores, drops the database,
restores it, and compares every row. Then it changes a single row, to show that the comparison finds that too. It
makes a recovery test of the whole system on a copy, asks whether this Letta would be ready for a disaster, and writes a report.
It ends by removing all that it made, but for the report.

It needs Docker, and touches nothing that it has not made itself. It runs in pwsh 7.4 or later and in lettadr.
The exit code is 0 only when everything was proven.

.EXAMPLE
./build.sh Quickstart

.EXAMPLE
pwsh docs/examples/quickstart.ps1 -RecoveryTimeObjective 00:30:00
#>
param(
    # How long Letta may be down.
    [timespan] $RecoveryTimeObjective = '02:00:00',

    # How old the state may be that comes back.
    [timespan] $RecoveryPointObjective = '00:15:00',

    # Where the report goes.
    [string] $Report = (Join-Path ([System.IO.Path]::GetTempPath()) 'lettadr-quickstart.html')
)

$ErrorActionPreference = 'Stop'
$name = 'quickstart-' + [guid]::NewGuid().ToString('n').Substring(0, 6)
$repository = [System.IO.Directory]::CreateTempSubdirectory('lettadr-quickstart-').FullName
$clock = [System.Diagnostics.Stopwatch]::StartNew()
$proofs = @()
$sandbox = $null

if (-not (Get-Module LettaDr)) {
    Import-Module (Join-Path $PSScriptRoot '../../LettaDr.psd1')
}

function Write-Section([string] $Title, [string] $Why) {
    Write-Host
    Write-Host ('{0,5:0} s  {1}' -f $clock.Elapsed.TotalSeconds, $Title) -ForegroundColor Cyan
    Write-Host "         $Why" -ForegroundColor DarkGray
}

# Runs SQL in the database's own container, as an operator with a terminal there would.
function Invoke-Sql([string] $Database, [string] $Sql) {
    $container = $deployment.Database.Container.Name
    docker exec $container psql -X -q -v ON_ERROR_STOP=1 -U $deployment.Database.UserName -d $Database -c $Sql
    if ($LASTEXITCODE -ne 0) {
        throw "psql in $container ended with $LASTEXITCODE."
    }
}

# The fingerprint of every table, as a backup set carries it: the number of rows, and the sum of the hashes of all rows.
function Get-Fingerprint($Backup) {
    $fingerprints = @{}
    $inventory = Get-Content (Join-Path $Backup.Path 'inventory.json') -Raw | ConvertFrom-Json
    foreach ($table in $inventory.tables) {
        $fingerprints["$($table.schema).$($table.name)"] = $table.fingerprint
    }
    $fingerprints
}

# Compares two sets, table by table.
function Compare-Fingerprint([hashtable] $Before, [hashtable] $After) {
    foreach ($table in @($Before.Keys) + @($After.Keys) | Sort-Object -Unique) {
        [pscustomobject]@{
            Table     = $table
            Before    = $Before[$table]
            After     = $After[$table]
            Identical = $null -ne $Before[$table] -and $Before[$table] -eq $After[$table]
        }
    }
}

function New-Proof([string] $What, [bool] $Proven, [string] $Evidence) {
    [pscustomobject]@{ What = $What; Proven = $Proven; Evidence = $Evidence }
}

try {
    Write-Host
    Write-Host 'LettaDr: lose a Letta database and get every row of it back' -ForegroundColor White

    Write-Section 'Make a throw-away Letta' 'New-LettaSandbox: PostgreSQL 17 with pgvector, Redis, and a stand-in of the server'
    $sandbox = New-LettaSandbox $name

    Write-Section 'Discover it' 'Get-LettaDeployment: from the running containers, as with a Letta of your own'
    $deployment = Get-LettaDeployment -Project $name
    $deployment | Format-List Name, Database, Cache, Server | Out-Host
    $ready = Test-LettaDeployment $deployment
    Write-Host "         Test-LettaDeployment: $(@($ready | Where-Object Outcome -eq 'Passed').Count) of $(@($ready).Count) checks passed"

    Write-Section 'Back it up' 'Backup-LettaDatabase: one snapshot, and a fingerprint of every table from the same moment'
    $backup = Backup-LettaDatabase $deployment $repository -Label quickstart
    $backup | Out-Host

    Write-Section 'Prove the backup' 'Test-LettaBackup -Level Restore: every byte, then a restore on a server of its own'
    $tests = @(Test-LettaBackup $backup -Level Restore)
    $tests | Format-Table Name, Outcome, Evidence -Wrap | Out-Host
    $restored = $tests | Where-Object Name -eq 'RestoredIdentical'
    $failed = @($tests | Where-Object Outcome -eq 'Failed')
    $proofs += New-Proof 'The backup restores, before it is needed' ($failed.Count -eq 0 -and $restored.Outcome -eq 'Passed') $restored.Evidence

    Write-Section 'Lose the database' 'DROP DATABASE, with Letta connected to it'
    Invoke-Sql postgres "DROP DATABASE `"$($deployment.Database.Database)`" WITH (FORCE)"
    $lost = [datetimeoffset]::UtcNow
    $broken = @(Test-LettaDeployment $deployment | Where-Object Outcome -eq 'Failed')
    $broken | Format-Table Name, Outcome, Evidence | Out-Host
    $proofs += New-Proof 'The loss is noticed' ($broken.Name -contains 'DatabaseReady') "$($broken.Count) checks failed"

    Write-Section 'Restore it' 'Restore-LettaDatabase: beside the live name, compare every row, and only then swap'
    $restore = Restore-LettaDatabase $backup $deployment -Confirm:$false
    $restore.Stages | Out-Host
    $proofs += New-Proof 'What is restored equals the backup' ($restore.TablesIdentical -eq $restore.Tables) (
        '{0} of {1} tables identical, {2:N0} rows, {3}, {4:N0} schema objects' -f $restore.TablesIdentical, $restore.Tables,
        $restore.Rows, [LettaDr.ByteSize]::Format($restore.Bytes), $restore.Objects)

    Write-Section 'Is Letta back?' 'Test-LettaDeployment: the server lists agents from the restored database'
    $after = @(Test-LettaDeployment $deployment)
    $down = [datetimeoffset]::UtcNow - $lost
    $failed = @($after | Where-Object Outcome -ne 'Passed')
    $after | Where-Object Name -in 'DatabaseReady', 'ServerReady' | Format-Table Name, Outcome, Evidence | Out-Host
    $proofs += New-Proof 'Letta works again' ($failed.Count -eq 0) "$($after.Count - $failed.Count) of $($after.Count) checks passed"

    Write-Section 'Compare once more' 'A second backup, now of what was restored: do its fingerprints equal those of the first?'
    $second = Backup-LettaDatabase $deployment $repository -Label 'after the restore'
    $compared = @(Compare-Fingerprint (Get-Fingerprint $backup) (Get-Fingerprint $second))
    $identical = @($compared | Where-Object Identical)
    $compared | Sort-Object { [long]($_.Before -split ':')[0] } -Descending | Select-Object -First 5 |
        Format-Table Table, Before, After | Out-Host
    Write-Host "         $($identical.Count) of $($compared.Count) tables identical (the largest five are shown, as rows:fingerprint)"
    $proofs += New-Proof 'A second backup equals the first' ($identical.Count -eq $compared.Count) (
        "$($identical.Count) of $($compared.Count) tables identical")

    Write-Section 'Would a fault be seen?' 'One number in one vector of one passage is changed; then the same comparison'
    Invoke-Sql $deployment.Database.Database (
        'UPDATE archival_passages SET embedding = (SELECT array_agg(CASE n WHEN 1 THEN v + 0.001 ELSE v END ORDER BY n)' +
        ' FROM unnest(embedding::real[]) WITH ORDINALITY AS component(v, n))::vector' +
        ' WHERE id = (SELECT min(id) FROM archival_passages)')
    $third = Backup-LettaDatabase $deployment $repository -Label 'one number changed'
    $different = @(Compare-Fingerprint (Get-Fingerprint $backup) (Get-Fingerprint $third) | Where-Object Identical -eq $false)
    $different | Format-Table Table, Before, After | Out-Host
    $seen = $different.Count -eq 1 -and $different[0].Table -like '*.archival_passages'
    $proofs += New-Proof 'A single changed number is seen' $seen "differs: $($different.Table -join ', ')"

    Write-Section 'Practise' 'Invoke-LettaDrTest: a copy of all of it on a network of its own is lost, restored and compared; a planted fault must be caught'
    $system = Backup-LettaSystem $deployment $repository -Label system -WarningAction SilentlyContinue
    $drill = Invoke-LettaDrTest FullRestore $deployment $repository -Backup $system.Id -Confirm:$false
    $drill | Out-Host
    $proofs += New-Proof 'A recovery test of the whole system passes' ($drill.Outcome -eq 'Passed') (
        "$(@($drill.Steps | Where-Object Outcome -eq 'Passed').Count) of $($drill.Steps.Count) steps passed in $([math]::Round($drill.Duration.TotalSeconds)) s")
    $proofs += New-Proof 'It finds the fault that was planted' ($drill.FaultCaught -eq $true) "$($drill.PlantedFault)"

    Write-Section 'Ready for a disaster?' 'Test-LettaDrReadiness: what the guide asks beforehand. People, sites and endpoints are named in a plan; this one is new'
    New-LettaDrPlan $deployment $repository -Path (Join-Path $repository 'letta-dr.yaml') -Confirm:$false | Out-Null
    $plan = Join-Path $repository 'letta-dr.yaml'
    $readiness = @(Test-LettaDrReadiness -Plan $plan)
    $readiness | Out-Host
    $machine = @($readiness | Where-Object Name -in 'PlanValid', 'BackupIntact', 'RestoreProven', 'RecoveryPointMet', 'RecoveryTimeMet')
    $proofs += New-Proof 'What needs no people is ready' (@($machine | Where-Object Outcome -ne 'Passed').Count -eq 0) (
        "$(@($machine | Where-Object Outcome -eq 'Passed').Count) of $($machine.Count) such checks passed, $(@($readiness | Where-Object Outcome -eq 'Passed').Count) of all $($readiness.Count)")

    Write-Section 'Show the evidence' 'Export-LettaDrReport: any objects, one file'
    $evidence = $readiness + @(Measure-LettaRecoveryObjective -Plan $plan) + @(Get-LettaBackup -Plan $plan) + @($drill) + @($restore) + @(Get-LettaDrTestSchedule -Plan $plan)
    $evidence += @($readiness | Get-LettaDrChecklist Pre -Plan $plan)
    $evidence | Export-LettaDrReport -Path $Report -Format Html -Title 'LettaDr quickstart' -Force
    Write-Host "         $Report"

    Write-Section 'What was proven' 'Times from the loss on; the age of the state that came back, at the moment of the loss'
    $age = $lost - $backup.SnapshotTime
    $proofs += New-Proof "Down for less than $RecoveryTimeObjective (RTO)" ($down -lt $RecoveryTimeObjective) (
        '{0:0.0} s from the loss until Letta worked, {1:0.0} s of it restoring' -f $down.TotalSeconds, $restore.Duration.TotalSeconds)
    $proofs += New-Proof "Lost less than $RecoveryPointObjective (RPO)" ($age -lt $RecoveryPointObjective) (
        'the recovered point was {0:0.0} s old, the backup took {1:0.0} s' -f $age.TotalSeconds, $backup.Duration.TotalSeconds)
    foreach ($proof in $proofs) {
        $mark, $color = if ($proof.Proven) { 'proven    ', 'Green' } else { 'NOT PROVEN', 'Red' }
        Write-Host "  $mark " -ForegroundColor $color -NoNewline
        Write-Host $proof.What
        Write-Host "              $($proof.Evidence)" -ForegroundColor DarkGray
    }
}
finally {
    Write-Section 'Clean up' 'Remove-LettaSandbox, and the backups'
    [System.IO.Directory]::Delete($repository, $true)
    if ($sandbox) {
        $sandbox | Remove-LettaSandbox -Confirm:$false
    }
}

$unproven = @($proofs | Where-Object { -not $_.Proven })
Write-Host
if ($unproven.Count -gt 0) {
    Write-Host "$($unproven.Count) of $($proofs.Count) points were not proven." -ForegroundColor Red
    exit 1
}
Write-Host ('All {0} points proven in {1:0} s.' -f $proofs.Count, $clock.Elapsed.TotalSeconds) -ForegroundColor Green
exit 0
