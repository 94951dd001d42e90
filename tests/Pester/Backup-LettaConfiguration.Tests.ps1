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

Describe 'Backup-LettaConfiguration' {
    It 'makes a set of the configuration whose secrets a passphrase opens' {
        $words = ConvertTo-SecureString 'five words nobody else says' -AsPlainText -Force

        $backup = $deployment | Backup-LettaConfiguration -Repository $repository -Passphrase $words -Label 'pester'

        $backup | Should -BeOfType [LettaDr.Backup]
        $backup.Manifest.Configuration.Recipients.Passphrase | Should -BeTrue
        $backup.Manifest.Configuration.SecretsLeftOut | Should -BeNullOrEmpty
        $backup.Manifest.Configuration.Files.Protection | Should -Contain 'Encrypted'
    }

    It 'names the secrets that it leaves out when there is nobody to encrypt them to' {
        $backup = Backup-LettaConfiguration $deployment $repository -WarningVariable warned -WarningAction SilentlyContinue

        $backup.Manifest.Configuration.SecretsLeftOut | Should -Not -BeNullOrEmpty
        "$warned" | Should -BeLike '*POSTGRES_PASSWORD*'
    }

    It 'makes nothing with -WhatIf' {
        $before = @(Get-LettaBackup $repository -Incomplete).Count

        Backup-LettaConfiguration $deployment $repository -WhatIf

        @(Get-LettaBackup $repository -Incomplete).Count | Should -Be $before
    }

    It 'refuses a certificate that is not there before anything is touched' {
        { Backup-LettaConfiguration $deployment $repository -Certificate no-such.cer -ErrorAction Stop } |
            Should -Throw -ErrorId 'CertificateNotFound,*'
    }
}
