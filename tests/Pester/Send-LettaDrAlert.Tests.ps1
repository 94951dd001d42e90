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

Describe 'Send-LettaDrAlert' {
    It 'tells that nobody acknowledged, as a result and as an error' {
        $delivery = Send-LettaDrAlert -Test -Plan $plan -Attempts 1 -ErrorVariable problems -ErrorAction SilentlyContinue

        $delivery.Delivered | Should -BeFalse
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'AlertNotDelivered*'
    }
}
