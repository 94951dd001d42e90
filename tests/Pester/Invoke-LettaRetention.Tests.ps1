BeforeAll {
    . "$PSScriptRoot/Sandbox.ps1"
    $sandbox = New-TestSandbox
    $deployment = $sandbox.Deployment
    $repository = New-TestFolder
}

AfterAll {
    Remove-LettaSandbox -Name $sandbox.Name -Confirm:$false
    Remove-Item -LiteralPath $repository -Recurse -Force
}

Describe 'Invoke-LettaRetention' {
    BeforeAll {
        1..3 | ForEach-Object { $null = Backup-LettaDatabase $deployment $repository }
    }

    It 'decides and removes nothing with -WhatIf' {
        $decisions = Invoke-LettaRetention $repository -Hourly 1 -Daily 0 -Weekly 0 -Monthly 0 -WhatIf

        $decisions.Keep | Should -Be $true, $false, $false
        $decisions.Removed | Should -Not -Contain $true
        @(Get-LettaBackup $repository).Count | Should -Be 3
    }

    It 'says why each set is kept' {
        $decisions = Invoke-LettaRetention $repository -WhatIf

        $decisions[0].Reasons | Should -Contain 'newest'
    }

    It 'removes the others' {
        Invoke-LettaRetention $repository -Hourly 1 -Daily 0 -Weekly 0 -Monthly 0 -Confirm:$false

        @(Get-LettaBackup $repository).Count | Should -Be 1
    }
}
