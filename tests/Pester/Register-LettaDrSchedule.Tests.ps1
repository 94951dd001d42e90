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

Describe 'Register-LettaDrSchedule' {
    It 'prints what a scheduler would be given' {
        $file = Register-LettaDrSchedule Backup -Plan $plan -Scheduler Cron -Program (Get-Process -Id $PID).Path -Print

        $file.Content | Should -BeLike '*-Job Backup -Due*'
    }
}
