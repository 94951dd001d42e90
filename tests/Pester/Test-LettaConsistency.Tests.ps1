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

Describe 'Test-LettaConsistency' {
    It 'fails nothing on a sound deployment' {
        $results = $deployment | Test-LettaConsistency

        $results | Should -BeOfType [LettaDr.CheckResult]
        $results.Outcome | Should -Not -Contain 'Failed'
        Test-LettaConsistency $deployment -Quiet | Should -BeTrue
    }

    It 'compares with a set' {
        Backup-LettaDatabase $deployment $repository
        $result = Test-LettaConsistency $deployment -Backup latest -Repository $repository | Where-Object Name -eq 'IndexesValid'

        $result.Evidence | Should -Match 'as in the set'
    }

    It 'finds a sequence that was set back, and says what to do' {
        $container = $deployment.Database.Container.Name
        docker exec $container psql -X -q -U letta -d letta -c "SELECT setval('letta.message_seq_id', 1)"
        $failed = Test-LettaConsistency $deployment | Where-Object Outcome -eq 'Failed'

        $failed.Name | Should -Be 'SequencesAhead'
        $failed.Remedy | Should -Match 'setval'
        Test-LettaConsistency $deployment -Quiet | Should -BeFalse
        Test-LettaConsistency $deployment -Quiet -Skip SequencesAhead | Should -BeTrue
    }
}
