<#
.SYNOPSIS
Builds, tests, shows and packs LettaDr: the door for people with PowerShell. All the work is in build.sh.

.DESCRIPTION
Build and Docs and Package need bash and the .NET SDK 10. Test and Quickstart need Linux.

.EXAMPLE
./build.ps1 -Task Test

.EXAMPLE
./build.ps1 Test --filter FullyQualifiedName~Retention
#>
param(
    # Build (default), Test, Quickstart, Docs or Package.
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Quickstart', 'Docs', 'Package')]
    [string] $Task = 'Build',

    # What follows the task; it goes to build.sh as it is.
    [Parameter(ValueFromRemainingArguments = $true)]
    [string[]] $Rest = @()
)
$ErrorActionPreference = 'Stop'
# What a program writes as an error is passed on as it is, and its exit code becomes ours.
$PSNativeCommandUseErrorActionPreference = $false

$bash = 'bash'
if (-not $IsLinux) {
    if ($Task -in 'Test', 'Quickstart') {
        Write-Error "$Task needs Linux with Docker (on Windows: a Linux distribution under WSL). Build, Docs and Package work here."
        exit 1
    }
    if ($IsWindows) {
        # The bash.exe of Windows itself is WSL's, which does not see this machine's .NET SDK.
        $git = Get-Command -Name git -CommandType Application -ErrorAction Ignore | Select-Object -First 1
        $bash = if ($git) { [IO.Path]::GetFullPath("$($git.Source)/../../bin/bash.exe") }
        if (-not $bash -or -not [IO.File]::Exists($bash)) {
            Write-Error "$Task needs bash: install Git for Windows, which brings it, and the .NET SDK 10."
            exit 1
        }
    }
}
& $bash ([IO.Path]::Combine($PSScriptRoot, 'build.sh')) $Task @Rest
exit $LASTEXITCODE
