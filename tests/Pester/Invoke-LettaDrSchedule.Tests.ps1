BeforeAll {
    . "$PSScriptRoot/Sandbox.ps1"
    $folder = New-TestFolder
    $plan = Join-Path $folder 'letta-dr.yaml'
    Set-Content -LiteralPath $plan -Value @(
        'name: nobodys'
        'deployment: no-such-deployment'
        'repository: sets'
        'notifications: [{ name: hook, kind: webhook, urlFrom: "http://127.0.0.1:1/hook" }]'
    )
}

AfterAll {
    Remove-Item -LiteralPath $folder -Recurse -Force
}

Describe 'Invoke-LettaDrSchedule' {
    It 'remembers a failure, and is an error' {
        $run = Invoke-LettaDrSchedule Backup -Plan $plan -ErrorVariable problems -ErrorAction SilentlyContinue

        $run.Outcome | Should -Be 'Failed'
        $problems.FullyQualifiedErrorId | Should -Contain 'JobFailed,LettaDr.Cmdlets.InvokeLettaDrScheduleCommand'
    }
}
