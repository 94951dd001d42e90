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

Describe 'Test-LettaBackup' {
    BeforeAll {
        $backup = Backup-LettaDatabase $deployment $repository
    }

    It 'writes one result a check, of the same shape always' {
        $results = $backup | Test-LettaBackup

        $results | Should -BeOfType [LettaDr.CheckResult]
        $results.Name | Should -Be 'ManifestIntact', 'FilesComplete', 'FilesIntact', 'RestoredIdentical', 'ClusterRecovers', 'CacheLoads', 'MemorySound',
            'SecretsOpen', 'EncryptionKeyProven', 'PgBackRestVerifies', 'PgBackRestRecovers'
        $results[3].Outcome | Should -Be 'NotRun'
    }

    It 'proves a set by restoring it' {
        $backup | Test-LettaBackup -Level Restore -Quiet | Should -BeTrue
        (Get-LettaBackup $repository).ProvenAt | Should -Not -BeNullOrEmpty
    }

    It 'finds a single flipped bit' {
        $damaged = Backup-LettaDatabase $deployment $repository
        $file = Join-Path $damaged.Path 'database.pgdump'
        $bytes = [System.IO.File]::ReadAllBytes($file)
        $bytes[$bytes.Length / 2] = $bytes[$bytes.Length / 2] -bxor 1
        [System.IO.File]::WriteAllBytes($file, $bytes)

        $damaged | Test-LettaBackup -Quiet | Should -BeFalse
        ($damaged | Test-LettaBackup | Where-Object Outcome -eq 'Failed').Evidence | Should -Match 'database\.pgdump'
    }

    It 'does not say that nothing is intact' {
        Get-LettaBackup $repository -Label none | Test-LettaBackup -Quiet | Should -BeFalse
    }
}
