namespace LettaDr.Console.Tests;

/// <summary>A module by the name that the console looks for, with what its host must be able to show.</summary>
internal static class SampleModule
{
    /// <summary>Writes it into a folder and gives the path of its manifest.</summary>
    public static string WriteTo(TemporaryFolder folder, string under = "LettaDr")
    {
        folder.Write(under + "/LettaDr.psm1", """
            function Get-LettaSample {
                [CmdletBinding()] param([Parameter(Mandatory, HelpMessage = 'Its name')] [string] $Name)
                [pscustomobject]@{ PSTypeName = 'Sample.Thing'; Name = $Name; Size = 1048576 }
            }
            function Remove-LettaSample {
                [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')] param([string[]] $Name = 'one')
                foreach ($each in $Name) { if ($PSCmdlet.ShouldProcess($each)) { "removed $each" } }
            }
            function Test-LettaSample {
                [CmdletBinding()] param()
                $record = [System.Management.Automation.ErrorRecord]::new(
                    [Exception]::new('The repository is not there.'), 'RepositoryNotFound', 'ObjectNotFound', $null)
                $record.ErrorDetails = [System.Management.Automation.ErrorDetails]::new('The repository is not there.')
                $record.ErrorDetails.RecommendedAction = 'Create it.'
                $PSCmdlet.WriteError($record)
            }
            """);
        folder.Write(under + "/LettaDr.Format.ps1xml", """
            <Configuration><ViewDefinitions><View><Name>Sample</Name>
              <ViewSelectedBy><TypeName>Sample.Thing</TypeName></ViewSelectedBy>
              <TableControl>
                <TableHeaders>
                  <TableColumnHeader><Label>Thing</Label><Width>10</Width></TableColumnHeader>
                  <TableColumnHeader><Label>MB</Label><Alignment>Right</Alignment><Width>6</Width></TableColumnHeader>
                </TableHeaders>
                <TableRowEntries><TableRowEntry><TableColumnItems>
                  <TableColumnItem><PropertyName>Name</PropertyName></TableColumnItem>
                  <TableColumnItem><ScriptBlock>$_.Size / 1MB</ScriptBlock></TableColumnItem>
                </TableColumnItems></TableRowEntry></TableRowEntries>
              </TableControl>
            </View></ViewDefinitions></Configuration>
            """);
        return folder.Write(under + "/LettaDr.psd1", """
            @{
                ModuleVersion = '9.8.7'
                GUID = '7b8f7a53-6f0c-4f1f-9e0c-0b7a9f4c3d21'
                RootModule = 'LettaDr.psm1'
                FormatsToProcess = 'LettaDr.Format.ps1xml'
                FunctionsToExport = 'Get-LettaSample', 'Remove-LettaSample', 'Test-LettaSample'
            }
            """);
    }
}
