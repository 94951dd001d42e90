# Lets the commands of lettadr be found by the name of the PowerShell module that they stand in for: by Import-Module,
# by Microsoft.PowerShell.Security\Name, and in runspaces of their own (ForEach-Object -Parallel).
@{
    ModuleVersion        = '7.0.0.0'
    GUID                 = 'c98c64ef-ecca-4d78-aa01-76c6257e48c8'
    Author               = 'The LettaDr authors'
    Description          = 'Commands of lettadr over credentials and secure strings.'
    CompatiblePSEditions = 'Core'
    NestedModules        = '../../LettaDr.Console.dll'
    CmdletsToExport      = @(
        'ConvertFrom-SecureString'
        'ConvertTo-SecureString'
        'Get-Credential'
    )
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()
}
