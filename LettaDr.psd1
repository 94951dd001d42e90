@{
    RootModule = 'module/LettaDr.psm1'
    ModuleVersion = '0.1.0'
    GUID = '6f0c2a54-0f5e-4f0b-9c5c-0a7a3cf1d2b7'
    Author = 'The LettaDr authors'
    CompanyName = 'The LettaDr authors'
    Copyright = '(c) 2026 The LettaDr authors. MIT License.'
    Description = 'Disaster recovery for Letta deployments: backs up, proves that the backup restores, restores, and shows the evidence.'
    PowerShellVersion = '7.4'
    CompatiblePSEditions = @('Core')
    FormatsToProcess = @('module/LettaDr.Format.ps1xml')
    TypesToProcess = @('module/LettaDr.Types.ps1xml')
    FunctionsToExport = @()
    CmdletsToExport = @(
        'Add-LettaRestorePoint'
        'Backup-LettaCache'
        'Backup-LettaConfiguration'
        'Backup-LettaDatabase'
        'Backup-LettaSystem'
        'Clear-LettaCache'
        'Compare-LettaConfiguration'
        'Enter-LettaMaintenance'
        'Exit-LettaMaintenance'
        'Export-LettaDrMetric'
        'Export-LettaDrReport'
        'Get-LettaBackup'
        'Get-LettaDeployment'
        'Get-LettaDrChecklist'
        'Get-LettaDrSchedule'
        'Get-LettaDrTest'
        'Get-LettaDrTestSchedule'
        'Get-LettaRunbook'
        'Get-LettaWalArchive'
        'Invoke-LettaDrSchedule'
        'Invoke-LettaDrTest'
        'Invoke-LettaRetention'
        'Invoke-LettaRunbook'
        'Measure-LettaRecoveryObjective'
        'New-LettaDrPlan'
        'New-LettaRestorePlan'
        'New-LettaSandbox'
        'Register-LettaDrSchedule'
        'Remove-LettaBackup'
        'Remove-LettaSandbox'
        'Repair-LettaVectorIndex'
        'Restore-LettaCache'
        'Restore-LettaConfiguration'
        'Restore-LettaDatabase'
        'Restore-LettaSystem'
        'Send-LettaDrAlert'
        'Set-LettaDrChecklistItem'
        'Start-LettaWalArchive'
        'Stop-LettaWalArchive'
        'Test-LettaBackup'
        'Test-LettaConsistency'
        'Test-LettaDeployment'
        'Test-LettaDrPlan'
        'Test-LettaDrReadiness'
        'Test-LettaWalArchive'
        'Undo-LettaRestore'
        'Unregister-LettaDrSchedule'
    )
    VariablesToExport = @()
    AliasesToExport = @()
    PrivateData = @{
        PSData = @{
            Tags = @('Letta', 'Backup', 'Restore', 'DisasterRecovery', 'PostgreSQL', 'pgvector', 'Redis', 'Docker', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            ReleaseNotes = 'See CHANGELOG.md.'
        }
    }
}
