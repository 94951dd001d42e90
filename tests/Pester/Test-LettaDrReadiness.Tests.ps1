BeforeAll {
    . "$PSScriptRoot/Sandbox.ps1"
    $repository = New-TestFolder
    $sandbox = New-TestSandbox
    $deployment = $sandbox.Deployment
}

AfterAll {
    $sandbox | Remove-LettaSandbox -Confirm:$false
    Remove-Item -LiteralPath $repository -Recurse -Force
}

Describe 'Test-LettaDrReadiness' {
    It 'fails where there is no set, and claims nothing that only a plan tells' {
        $results = Test-LettaDrReadiness $deployment $repository
        ($results | Where-Object Name -EQ 'BackupIntact').Outcome | Should -Be 'Failed'
        ($results | Where-Object Name -EQ 'ContactsComplete').Outcome | Should -Be 'NotRun'
        Test-LettaDrReadiness $deployment $repository -Quiet | Should -BeFalse
    }
}
