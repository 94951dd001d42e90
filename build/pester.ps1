# Runs tests/Pester where Pester 5 is installed and prints the counts for build/tests.sh.
$ErrorActionPreference = 'Stop'
$pester = Get-Module -ListAvailable -Name Pester | Where-Object { $_.Version -ge '5.3' } | Select-Object -First 1
if (-not $pester) {
    'Pester 5 is not installed here; tests/Pester was not run.'
    'pester-counts: none'
    return
}
Import-Module $pester.Path
$configuration = New-PesterConfiguration
$configuration.Run.Path = Join-Path (Join-Path $PSScriptRoot '..') (Join-Path 'tests' 'Pester')
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$result = Invoke-Pester -Configuration $configuration
# A file that cannot be read, or a block that fails as a whole, has no failed test of its own.
$failed = $result.FailedCount + $result.FailedContainersCount + $result.FailedBlocksCount
'pester-counts: {0} {1} {2}' -f $result.PassedCount, $failed, ($result.SkippedCount + $result.NotRunCount)
