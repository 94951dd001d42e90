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

Describe 'Measure-LettaRecoveryObjective' {
    It 'has the eight rows of the guide, and passes nothing that nobody has measured' {
        $rows = $deployment | Measure-LettaRecoveryObjective -Repository $repository

        $rows | Should -BeOfType [LettaDr.RecoveryObjective]
        $rows.Count | Should -Be 8
        ($rows | Where-Object Kind -eq 'RTO').Outcome | Select-Object -Unique | Should -Be 'NotRun'
        Measure-LettaRecoveryObjective $deployment $repository -Quiet | Should -BeFalse
    }

    It 'measures the recovery time by a real restore, and the recovery point by the newest set' {
        $set = Backup-LettaSystem $deployment $repository -WarningAction SilentlyContinue
        $restored = $set | Restore-LettaDatabase -Deployment $deployment -DisconnectSessions -Confirm:$false
        $rows = Measure-LettaRecoveryObjective $deployment $repository

        $rows[0].Actual | Should -BeGreaterOrEqual $restored.Duration
        $rows[0].Evidence | Should -Match $set.Id
        $rows[0].Outcome, $rows[4].Outcome, $rows[7].Outcome | Should -Be Passed, Passed, Passed
    }

    It 'takes other objectives' {
        $row = (Measure-LettaRecoveryObjective $deployment $repository -Objective @{ DatabaseRto = '00:00:00.001' })[0]

        $row.Outcome | Should -Be 'Failed'
        $row.Remedy | Should -Not -BeNullOrEmpty
    }

    It 'tells what a repository alone can tell' {
        $rows = Measure-LettaRecoveryObjective -Name $deployment.Name -Repository $repository

        $rows[4].Outcome | Should -Be 'Passed'
        $rows[5].Outcome | Should -Be 'NotRun'
    }
}
