<#
.SYNOPSIS
Watches a Letta database from the cloud sandbox of Azure Automation, where there is no Docker, no repository and no disk to keep anything.

.DESCRIPTION
Uses only what works there: an account's variable and credential, and connections over the network. It tests that the database answers and that
its contents are consistent, and alerts when either fails. Backups, restores and drills need Docker or files, and so a Hybrid Worker:
nightly-backup.ps1, readiness-gate.ps1 and restore-drill.ps1.

The account needs the module (output/LettaDr.zip), a credential with the database's role and password, and, for alerts, an encrypted variable
with the webhook's address.

.EXAMPLE
Start-AzAutomationRunbook -Name cloud-sandbox-watch -Parameters @{ Server = 'letta.postgres.database.azure.com'; CredentialName = 'letta' }
#>
param(
    # The host of PostgreSQL, with a port where it is not 5432.
    [Parameter(Mandatory)]
    [string] $Server,

    # The database.
    [string] $Database = 'letta',

    # Name of the account's credential for the database.
    [Parameter(Mandatory)]
    [string] $CredentialName,

    # Name of the account's variable with the webhook's address; no alert without it.
    [string] $WebhookVariable
)

$ErrorActionPreference = 'Stop'
Import-Module LettaDr

$credential = Get-AutomationPSCredential -Name $CredentialName
# The role is told apart from the address, so that no address holds a password.
$deployment = "postgresql://$Server/$Database`?sslmode=require"
$results = @(Test-LettaDeployment -Deployment $deployment -Credential $credential) + @(Test-LettaConsistency -Deployment $deployment -Credential $credential)
$results

$failed = @($results | Where-Object Outcome -eq 'Failed')
if ($failed.Count -eq 0) {
    return
}

if ($WebhookVariable) {
    $env:LETTADR_WEBHOOK = Get-AutomationVariable -Name $WebhookVariable
    $webhook = [LettaDr.DrNotification]@{ Name = 'automation'; Kind = 'Webhook'; UrlFrom = 'env:LETTADR_WEBHOOK' }
    $failed | Send-LettaDrAlert -Notification $webhook | Out-Null
}
throw "$($failed.Count) of $($results.Count) checks failed. $($failed[0].Name): $($failed[0].Evidence)"
