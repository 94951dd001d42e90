BeforeAll {
    . "$PSScriptRoot/Sandbox.ps1"
    $sandbox = New-TestSandbox
    $repository = New-TestFolder
    $destination = New-TestFolder
    $words = ConvertTo-SecureString 'five words nobody else says' -AsPlainText -Force
    $backup = Backup-LettaConfiguration $sandbox.Deployment $repository -Passphrase $words
}

AfterAll {
    Remove-LettaSandbox -Name $sandbox.Name -Confirm:$false
    Remove-Item -LiteralPath $repository, $destination -Recurse -Force
}

Describe 'Restore-LettaConfiguration' {
    It 'writes nothing with -WhatIf' {
        Restore-LettaConfiguration $backup $destination -Passphrase $words -WhatIf

        Get-ChildItem -LiteralPath $destination | Should -BeNullOrEmpty
    }

    It 'refuses a wrong passphrase and writes nothing' {
        $wrong = ConvertTo-SecureString 'other words' -AsPlainText -Force

        { Restore-LettaConfiguration $backup $destination -Passphrase $wrong -ErrorAction Stop } |
            Should -Throw -ErrorId 'PassphraseWrong,*'
        Get-ChildItem -LiteralPath $destination | Should -BeNullOrEmpty
    }

    It 'writes every file, and finds them unchanged the second time' {
        $first = Restore-LettaConfiguration $backup $destination -Passphrase $words
        $second = Restore-LettaConfiguration latest $destination -Repository $repository -Passphrase $words

        $first.Written | Should -Be $backup.Manifest.Configuration.Files.Count
        $second.Written | Should -Be 0
        $second.Unchanged | Should -Be $first.Written
    }

    It 'sets a file that differs aside, but only with -Force' {
        $file = (Get-ChildItem -LiteralPath $destination -Recurse -File)[0].FullName
        Set-Content -LiteralPath $file 'changed'

        { Restore-LettaConfiguration $backup $destination -Passphrase $words -ErrorAction Stop } |
            Should -Throw -ErrorId 'ConfigurationDiffers,*'
        $restored = Restore-LettaConfiguration $backup $destination -Passphrase $words -Force

        ($restored.Files | Where-Object Action -EQ 'Replace').SetAside | Should -Exist
    }
}
