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

Describe 'Remove-LettaBackup' {
    BeforeEach {
        $sets = 1..2 | ForEach-Object { Backup-LettaDatabase $deployment $repository }
    }

    AfterEach {
        Get-LettaBackup $repository | Remove-LettaBackup -Force -Confirm:$false
    }

    It 'removes a set' {
        $sets[0] | Remove-LettaBackup -Confirm:$false

        (Get-LettaBackup $repository).Id | Should -Be $sets[1].Id
    }

    It 'keeps the last one unless forced' {
        $sets | Remove-LettaBackup -Confirm:$false -ErrorVariable refused -ErrorAction SilentlyContinue

        $refused[0].FullyQualifiedErrorId | Should -BeLike 'BackupIsLast,*'
        @(Get-LettaBackup $repository).Count | Should -Be 1
    }

    It 'removes nothing with -WhatIf' {
        $sets | Remove-LettaBackup -WhatIf

        @(Get-LettaBackup $repository).Count | Should -Be 2
    }
}
