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

Describe 'Backup-LettaDatabase' {
    It 'refuses parameters of two engines' {
        { Backup-LettaDatabase $deployment $repository -Stanza main -ErrorAction Stop } | Should -Throw -ErrorId 'ParameterMismatch,*'
    }

    It 'makes a set of all tables that is then listed' {
        $backup = $deployment | Backup-LettaDatabase -Repository $repository -Label 'pester'

        $backup | Should -BeOfType [LettaDr.Backup]
        $backup.Tables | Should -Be 49
        $backup.Label | Should -Be 'pester'
        (Get-LettaBackup $repository).Id | Should -Contain $backup.Id
    }

    It 'leaves all rows to pg_dump with -Portable' {
        $backup = Backup-LettaDatabase $deployment $repository -Portable

        Get-ChildItem -LiteralPath $backup.Path -Recurse -Filter '*.zst' | Should -BeNullOrEmpty
    }

    It 'copies the whole cluster with -Type Base' {
        $backup = Backup-LettaDatabase $deployment $repository -Type Base

        $backup.Kind | Should -Be 'base'
        $backup.Tables | Should -Be 49
        $backup | Test-LettaBackup -Quiet | Should -BeTrue
    }

    It 'says what an incremental copy needs' {
        Backup-LettaDatabase $deployment $repository -Type Incremental -ErrorVariable failed -ErrorAction SilentlyContinue

        $failed[0].FullyQualifiedErrorId | Should -BeLike 'WalNotSummarized,*'
    }

    It 'refuses -Parent for what builds on nothing' {
        Backup-LettaDatabase $deployment $repository -Type Base -Parent latest -ErrorVariable failed -ErrorAction SilentlyContinue

        $failed[0].FullyQualifiedErrorId | Should -BeLike 'ParameterMismatch,*'
    }

    It 'makes nothing with -WhatIf' {
        $before = @(Get-LettaBackup $repository -Incomplete).Count

        Backup-LettaDatabase $deployment $repository -WhatIf

        @(Get-LettaBackup $repository -Incomplete).Count | Should -Be $before
    }

    It 'tells a server that does not answer, and backs up the next' {
        $backups = 'postgresql://letta:x@127.0.0.1:1/letta', $deployment |
            Backup-LettaDatabase -Repository $repository -ErrorVariable failed -ErrorAction SilentlyContinue

        @($backups).Count | Should -Be 1
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'DatabaseUnreachable,*'
        $failed[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }
}
