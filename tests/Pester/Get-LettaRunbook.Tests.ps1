Describe 'Get-LettaRunbook' {
    It 'lists the runbooks with their steps and what each runs' {
        $runbook = Get-LettaRunbook -Name DatabaseCorruption

        $runbook.Steps.Kind | Should -Be StopWriters, Assess, KeepEvidence, ChooseSet, Restore, Validate, BringBack
    }
}
