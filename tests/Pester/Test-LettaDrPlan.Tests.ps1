BeforeAll {
    . "$PSScriptRoot/Sandbox.ps1"
    $folder = New-TestFolder
    $path = Join-Path $folder 'letta-dr.yaml'
}

AfterAll {
    Remove-Item -LiteralPath $folder -Recurse -Force
}

Describe 'Test-LettaDrPlan' {
    It 'tells line and column of what is wrong' {
        Set-Content -LiteralPath $path -Value "name: letta`ndeployment: letta`nrepository: sets`nretension: 1"

        $failed = Test-LettaDrPlan $path | Where-Object Outcome -eq Failed

        $failed | Should -BeOfType [LettaDr.CheckResult]
        $failed.Evidence | Should -BeLike 'letta-dr.yaml(4,1):*'
        Test-LettaDrPlan $path -Quiet | Should -BeFalse
    }

    It 'passes what New-LettaDrPlan writes' {
        New-LettaDrPlan 'postgresql://letta@db.example/letta' "$folder/sets" -Path $path -Force | Test-LettaDrPlan -Quiet | Should -BeTrue
    }
}
