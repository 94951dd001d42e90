BeforeAll {
    . "$PSScriptRoot/Sandbox.ps1"
    $sandbox = New-TestSandbox
    $repository = New-TestFolder
    $passphrase = ConvertTo-SecureString 'correct horse battery staple' -AsPlainText -Force
    $backup = Backup-LettaSystem $sandbox.Deployment $repository -Passphrase $passphrase
}

AfterAll {
    Remove-LettaSandbox -Name $sandbox.Name -Confirm:$false
    Remove-Item -LiteralPath $repository -Recurse -Force
}

Describe 'Restore-LettaSystem' {
    It 'touches nothing with -WhatIf' {
        $backup | Restore-LettaSystem -Deployment $sandbox.Deployment -Passphrase $passphrase -WhatIf | Should -BeNullOrEmpty
    }

    It 'brings the system back, and proves it' {
        $plan = $backup | New-LettaRestorePlan -Deployment $sandbox.Deployment -Passphrase $passphrase
        $result = $plan | Restore-LettaSystem -Passphrase $passphrase -DisconnectSessions -Confirm:$false

        $result | Should -BeOfType [LettaDr.SystemRestoreResult]
        $result.Database.TablesIdentical | Should -Be $result.Database.Tables
        $result.Agents.IsEqual | Should -BeTrue
        $result.RecoveryTimes.IsMet | Should -Not -Contain $false
    }

    It 'refuses a wrong passphrase before anything is touched' {
        $wrong = ConvertTo-SecureString 'wrong' -AsPlainText -Force

        { $backup | Restore-LettaSystem -Destination (New-TestFolder) -Passphrase $wrong -Confirm:$false -ErrorAction Stop } |
            Should -Throw -ErrorId 'PassphraseWrong,*'
    }
}
