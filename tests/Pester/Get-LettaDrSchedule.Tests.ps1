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
    $program = (Get-Process -Id $PID).Path
    $units = Join-Path $folder 'units'
    $null = Register-LettaDrSchedule Backup, Retention -Plan $plan -Scheduler Systemd -Program $program -Folder $units -Confirm:$false
}

AfterAll {
    Remove-Item -LiteralPath $folder -Recurse -Force
}

Describe 'Get-LettaDrSchedule' {
    It 'lists what was registered' {
        (Get-LettaDrSchedule -Folder $units).Job | Should -Be Backup, Retention
    }
}
