BeforeAll {
    . "$PSScriptRoot/Sandbox.ps1"
    $sandbox = New-TestSandbox
    $deployment = $sandbox.Deployment
    $repository = New-TestFolder
    docker exec $deployment.Cache.Container.Name redis-cli SET session:1 x
}

AfterAll {
    Remove-LettaSandbox -Name $sandbox.Name -Confirm:$false
    Remove-Item -LiteralPath $repository -Recurse -Force
}

Describe 'Backup-LettaCache' {
    It 'makes a set of the cache that is then listed' {
        $backup = $deployment | Backup-LettaCache -Repository $repository -Label 'pester'

        $backup | Should -BeOfType [LettaDr.Backup]
        $backup.Kind | Should -Be 'cache'
        $backup.Label | Should -Be 'pester'
        $backup.Manifest.Cache.Keys | Should -BeGreaterThan 0
        (Get-LettaBackup $repository).Id | Should -Contain $backup.Id
    }

    It 'makes nothing with -WhatIf' {
        $before = @(Get-LettaBackup $repository -Incomplete).Count

        Backup-LettaCache $deployment $repository -WhatIf

        @(Get-LettaBackup $repository -Incomplete).Count | Should -Be $before
    }

    It 'tells that a deployment has no cache, and backs up the next' {
        $backups = 'postgresql://letta:x@127.0.0.1:1/letta', $deployment |
            Backup-LettaCache -Repository $repository -ErrorVariable failed -ErrorAction SilentlyContinue

        @($backups).Count | Should -Be 1
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'CacheNotFound,*'
        $failed[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }
}
