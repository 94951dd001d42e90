# Loads LettaDr.dll where scripts can name its types, and the cmdlets with their packages in a load context of their own.
$ErrorActionPreference = 'Stop'

$assemblies = [System.IO.Path]::Combine($PSScriptRoot, 'bin', 'net8.0')
$ahead = [System.IO.Path]::Combine($PSScriptRoot, 'bin', 'linux-x64')
# The same, compiled ahead: they load nowhere else.
if ($IsLinux -and [System.Runtime.InteropServices.RuntimeInformation]::ProcessArchitecture -eq 'X64' -and [System.IO.Directory]::Exists($ahead)) {
    $assemblies = $ahead
}
$main = [System.IO.Path]::Combine($assemblies, 'LettaDr.dll')
if (-not [System.IO.File]::Exists($main)) {
    throw "LettaDr is not built: $main is missing. Run ./build.sh Build (or ./build.ps1) first."
}

$loaded = 'LettaDr.LettaDrLoadContext' -as [type]
if (-not $loaded) {
    $loaded = [System.Reflection.Assembly]::LoadFrom($main).GetType('LettaDr.LettaDrLoadContext', $true)
}
elseif ([System.Reflection.AssemblyName]::GetAssemblyName($main).Version -ne $loaded.Assembly.GetName().Version) {
    throw "Another version of LettaDr, $($loaded.Assembly.GetName().Version), is loaded in this process; start a new one."
}

$cmdlets = Import-Module -Assembly $loaded::LoadCmdlets() -PassThru -Force:$($loaded -ne $null)

# After Import-Module -Force the engine exports nothing of an assembly that it knows already (PowerShell issue 20710).
foreach ($cmdlet in $cmdlets.ExportedCmdlets.Values) {
    if (-not $ExecutionContext.SessionState.Module.ExportedCmdlets.ContainsKey($cmdlet.Name)) {
        $addExported = [System.Management.Automation.PSModuleInfo].GetMethod(
            'AddExportedCmdlet', [System.Reflection.BindingFlags]'Instance, NonPublic')
        $addExported.Invoke($ExecutionContext.SessionState.Module, @(, $cmdlet)) | Out-Null
    }
}
