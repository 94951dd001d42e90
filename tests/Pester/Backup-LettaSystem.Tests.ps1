BeforeAll {
    . "$PSScriptRoot/Sandbox.ps1"
    $sandbox = New-TestSandbox
    $repository = New-TestFolder
    $passphrase = ConvertTo-SecureString 'correct horse battery staple' -AsPlainText -Force
}

AfterAll {
    Remove-LettaSandbox -Name $sandbox.Name -Confirm:$false
    Remove-Item -LiteralPath $repository -Recurse -Force
}

Describe 'Backup-LettaSystem' {
    It 'makes nothing with -WhatIf' {
        Backup-LettaSystem $sandbox.Deployment $repository -Passphrase $passphrase -WhatIf | Should -BeNullOrEmpty
        Get-LettaBackup $repository | Should -BeNullOrEmpty
    }

    It 'makes one set of all parts, close together in time' {
        $backup = Backup-LettaSystem $sandbox.Deployment $repository -Passphrase $passphrase

        $backup | Should -BeOfType [LettaDr.Backup]
        $backup.Kind | Should -Be 'system'
        $backup.Parts.HasFlag([LettaDr.BackupParts] 'Database, Cache, Configuration') | Should -BeTrue
        $backup.Manifest.Spread | Should -BeLessThan ([timespan]::FromMinutes(1))
    }

    It 'leaves the cache out if asked' {
        $backup = Backup-LettaSystem $sandbox.Deployment $repository -Passphrase $passphrase -SkipCache

        $backup.Parts.HasFlag([LettaDr.BackupParts]::Cache) | Should -BeFalse
    }
}
