BeforeAll {
    . "$PSScriptRoot/Sandbox.ps1"
}

Describe 'Invoke-LettaDrTest' {
    It 'restores everything on a stand-in, finds the planted fault and leaves nothing' {
        $result = Invoke-LettaDrTest FullRestore -Agents 3 -Messages 60 -Passages 8 -WarningAction SilentlyContinue

        $result.Outcome | Should -Be 'Passed'
        $result.FaultCaught | Should -BeTrue
        $result.IsEvidence | Should -BeFalse
        docker ps -aq --filter "label=lettadr.sandbox=$($result.Target)" | Should -BeNullOrEmpty
        (Get-LettaDrTest -Newest 1).Id | Should -Be $result.Id
    }

    It 'does not run what loses data on a deployment itself' {
        { Invoke-LettaDrTest FullRestore nobody -OnDeployment -Confirm:$false -ErrorAction Stop } | Should -Throw
    }
}
