# Lets the commands of lettadr be found by the name of the PowerShell module that they stand in for: by Import-Module,
# by Microsoft.PowerShell.Management\Name, and in runspaces of their own (ForEach-Object -Parallel).
@{
    ModuleVersion        = '7.0.0.0'
    GUID                 = '3e70a21f-b99a-422d-95cf-5bf39d71946b'
    Author               = 'The LettaDr authors'
    Description          = 'Commands of lettadr over files, folders and other items.'
    CompatiblePSEditions = 'Core'
    NestedModules        = '../../LettaDr.Console.dll'
    CmdletsToExport      = @(
        'Add-Content'
        'Convert-Path'
        'Copy-Item'
        'Get-ChildItem'
        'Get-Content'
        'Get-Item'
        'Get-Location'
        'Get-PSDrive'
        'Join-Path'
        'Move-Item'
        'New-Item'
        'Pop-Location'
        'Push-Location'
        'Remove-Item'
        'Rename-Item'
        'Resolve-Path'
        'Set-Content'
        'Set-Location'
        'Split-Path'
        'Test-Path'
    )
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()
}
