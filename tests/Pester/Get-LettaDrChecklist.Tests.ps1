BeforeAll {
    . "$PSScriptRoot/Sandbox.ps1"
    $repository = New-TestFolder
}

AfterAll {
    Remove-Item -LiteralPath $repository -Recurse -Force
}

Describe 'Get-LettaDrChecklist' {
    It 'lists seven items a phase, none of which anybody has answered' {
        $items = Get-LettaDrChecklist -Deployment demo -Repository $repository
        $items | Should -HaveCount 21
        $items.Outcome | Sort-Object -Unique | Should -Be 'NotRun'
    }

    It 'takes answers from checks' {
        $check = [LettaDr.CheckResult]@{ Name = 'SiteReady'; Target = 'dr'; Outcome = 'Passed'; Evidence = 'seen' }
        ($check | Get-LettaDrChecklist Pre -Deployment demo -Repository $repository)[1].Outcome | Should -Be 'Passed'
    }
}
