BeforeAll {
    . "$PSScriptRoot/Sandbox.ps1"
    $sandbox = New-TestSandbox
    $deployment = $sandbox.Deployment
    $repository = Join-Path $TestDrive 'repository'
    $backup = Backup-LettaDatabase $deployment $repository
}

AfterAll {
    Remove-LettaSandbox -Name $sandbox.Name -Confirm:$false
}

Describe 'Invoke-LettaRunbook' {
    It 'changes nothing with -WhatIf' {
        Invoke-LettaRunbook DatabaseCorruption $deployment $repository -WhatIf | Should -BeNullOrEmpty
        docker inspect --format '{{.State.Running}}' $deployment.Server.Container.Name | Should -Be 'true'
    }

    It 'replaces nothing where no damage is found, and brings the server back' {
        $result = Invoke-LettaRunbook DatabaseCorruption $deployment $repository -DisconnectSessions -Confirm:$false

        $result.Verdict | Should -Be 'NothingFound'
        $result.BroughtBack | Should -BeTrue
        $result.BackupId | Should -BeNullOrEmpty
        docker inspect --format '{{.State.Running}}' $deployment.Server.Container.Name | Should -Be 'true'
    }

    It 'restores the set that is named with -Force, and keeps what was live' {
        $result = Invoke-LettaRunbook DatabaseCorruption $deployment $repository -Backup $backup -Force -DisconnectSessions -Confirm:$false

        $result.BackupId | Should -Be $backup.Id
        $result.PreviousDatabase | Should -BeLike 'letta__before_*'
        ($result.Steps | Where-Object Step -EQ 'Restore').Outcome | Should -Be 'Passed'
    }
}
