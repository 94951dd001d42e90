BeforeAll {
    . "$PSScriptRoot/Sandbox.ps1"
    $repository = New-TestFolder
}

AfterAll {
    Remove-Item -LiteralPath $repository -Recurse -Force
}

Describe 'Set-LettaDrChecklistItem' {
    It 'records who answers for an item' {
        Set-LettaDrChecklistItem Pre 3 -By Ann -Note 'called all' -Deployment demo -Repository $repository
        $entry = Get-LettaDrChecklist -History -Deployment demo -Repository $repository
        $entry.By | Should -Be 'Ann'
        (Get-LettaDrChecklist Pre -Deployment demo -Repository $repository)[2].Outcome | Should -Be 'Passed'
    }

    It 'records nothing with -WhatIf' {
        Set-LettaDrChecklistItem Pre 4 -Deployment other -Repository $repository -WhatIf
        Get-LettaDrChecklist -History -Deployment other -Repository $repository | Should -BeNullOrEmpty
    }
}
