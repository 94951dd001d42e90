BeforeAll {
    . "$PSScriptRoot/Sandbox.ps1"
    $folder = New-TestFolder
    $path = Join-Path $folder 'letta-dr.yaml'
}

AfterAll {
    Remove-Item -LiteralPath $folder -Recurse -Force
}

Describe 'New-LettaDrPlan' {
    It 'writes a plan that is valid' {
        $plan = New-LettaDrPlan 'postgresql://letta@db.example/letta' "$folder/sets" -Path $path

        $plan | Should -BeOfType [LettaDr.DrPlan]
        Test-LettaDrPlan $path -Quiet | Should -BeTrue
    }

    It 'replaces no file without being told to' {
        { New-LettaDrPlan 'postgresql://letta@db.example/letta' "$folder/sets" -Path $path -ErrorAction Stop } | Should -Throw '*already*'
    }

    It 'writes no password' {
        New-LettaDrPlan 'postgresql://letta:hunter2@db.example/letta' "$folder/sets" -Path $path -Force -WarningAction SilentlyContinue

        Get-Content -LiteralPath $path -Raw | Should -Not -Match 'hunter2'
    }
}
