@{
    ModuleVersion     = '1.0.0'
    GUID              = '0f4b7c55-1c1e-4a6f-9a55-5a0f5a0b9d11'
    Author            = 'The LettaDr authors'
    RootModule        = 'LettaDr.Help.Sample.dll'
    CmdletsToExport   = @('Get-SampleWidget', 'Set-SampleWidget')
    FunctionsToExport = @()
    AliasesToExport   = @()
    VariablesToExport = @()
}
