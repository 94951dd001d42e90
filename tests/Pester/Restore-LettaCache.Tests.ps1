BeforeAll {
    . "$PSScriptRoot/Sandbox.ps1"
    $sandbox = New-TestSandbox
    $deployment = $sandbox.Deployment
    $redis = $deployment.Cache.Container.Name
    $repository = New-TestFolder
    docker exec $redis redis-cli SET session:1 x
    $backup = Backup-LettaCache $deployment $repository
}

AfterAll {
    Remove-LettaSandbox -Name $sandbox.Name -Confirm:$false
    Remove-Item -LiteralPath $repository -Recurse -Force
}

Describe 'Restore-LettaCache' {
    BeforeEach {
        docker exec $redis redis-cli SET since x
    }

    It 'touches nothing with -WhatIf' {
        $backup | Restore-LettaCache -Deployment $deployment -WhatIf | Should -BeNullOrEmpty
        docker exec $redis redis-cli EXISTS since | Should -Be 1
    }

    It 'brings the keys of the set back, and keeps the previous files' {
        $result = $backup | Restore-LettaCache -Deployment $deployment -KeepStale -Confirm:$false

        $result | Should -BeOfType [LettaDr.CacheRestoreResult]
        $result.KeysRestored + $result.KeysExpired | Should -Be $result.KeysInSet
        $result.PreviousFiles | Should -Not -BeNullOrEmpty
        $result.Reconciled | Should -BeNullOrEmpty
        docker exec $redis redis-cli EXISTS since | Should -Be 0
        docker exec $redis redis-cli GET session:1 | Should -Be x
    }

    It 'compares the keys with the database, and removes the previous files if asked' {
        $result = Restore-LettaCache latest $deployment -Repository $repository -DiscardPrevious -Confirm:$false

        $result.Reconciled | Should -Not -BeNullOrEmpty
        $result.PreviousFiles | Should -BeNullOrEmpty
    }

    It 'refuses a set without a cache' {
        $database = Backup-LettaDatabase $deployment $repository

        { $database | Restore-LettaCache -Deployment $deployment -Confirm:$false -ErrorAction Stop } |
            Should -Throw -ErrorId 'BackupWithoutCache,*'
    }
}
