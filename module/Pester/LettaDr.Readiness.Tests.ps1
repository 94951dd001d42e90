<#
.SYNOPSIS
Asks whether a Letta deployment could be recovered today: one test for each question of Test-LettaDrReadiness.

.DESCRIPTION
For Pester 5.3 or later. Each result of Test-LettaDrReadiness becomes a test, named after its check and what was checked. It passes
only where the check was made and passed: what was not run has not passed. The evidence and the remedy are in the failure's text.

It changes nothing. At most once a week, and with -Deep each time, it sends a test alert to the plan's endpoints.

.EXAMPLE
$suite = Join-Path (Get-Module LettaDr -ListAvailable)[0].ModuleBase 'module/Pester/LettaDr.Readiness.Tests.ps1'
Invoke-Pester -Container (New-PesterContainer -Path $suite -Data @{ Plan = 'letta-dr.yaml' }) -Output Detailed

.EXAMPLE
$container = New-PesterContainer -Path $suite -Data @{ Plan = 'letta-dr.yaml'; Deep = $true; Skip = 'SiteReady' }
Invoke-Pester -Container $container -CI
#>
param(
    # The plan file, or a plan of New-LettaDrPlan.
    [Parameter(Mandatory)]
    [object] $Plan,

    # Reads every byte of the newest sets, and sends a test alert in any case.
    [switch] $Deep,

    # Names of checks that are not demanded; they are shown as skipped.
    [string[]] $Skip = @()
)

BeforeDiscovery {
    if (-not (Get-Module LettaDr)) {
        Import-Module LettaDr
    }
    $checks = @(Test-LettaDrReadiness -Plan $Plan -Deep:$Deep -WarningAction SilentlyContinue -ErrorVariable problems -ErrorAction SilentlyContinue)
    $demanded = @($checks | Where-Object { $Skip -notcontains $_.Name })
    $waived = @($checks | Where-Object { $Skip -contains $_.Name })
    # A suite without a test would be green.
    $whole = @{ Count = $checks.Count; Problem = "$($problems | Select-Object -First 1)" }
}

Describe 'Readiness for a disaster' {
    It 'can be tested' -ForEach $whole {
        $Problem | Should -BeNullOrEmpty
        $Count | Should -BeGreaterThan 0
    }

    It '<_.Name> of <_.Target>' -ForEach $demanded {
        $_.Outcome | Should -Be 'Passed' -Because "$($_.Evidence) $($_.Remedy)"
    }

    It '<_.Name> of <_.Target> (not demanded)' -ForEach $waived -Skip {
    }
}
