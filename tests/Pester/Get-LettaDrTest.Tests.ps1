BeforeAll {
    . "$PSScriptRoot/Sandbox.ps1"
    $repository = New-TestFolder
    $folder = [System.IO.Directory]::CreateDirectory("$repository/demo/drills").FullName
    foreach ($drill in @{ Id = '20261101T000000Z-aaaaaa'; Started = '2026-11-01T00:00:00Z' }, @{ Id = '20261102T000000Z-bbbbbb'; Started = '2026-11-02T00:00:00Z' }) {
        Set-Content -LiteralPath "$folder/$($drill.Id).json" -Value @"
{ "id": "$($drill.Id)", "scenario": "FullRestore", "deployment": "demo", "target": "copy", "isSandbox": true, "backupId": "set",
  "startedAt": "$($drill.Started)", "endedAt": "$($drill.Started)", "outcome": "Passed", "objectives": [], "machine": "vm", "processId": 1 }
"@
    }
}

AfterAll {
    Remove-Item -LiteralPath $repository -Recurse -Force
}

Describe 'Get-LettaDrTest' {
    It 'lists the drills of a deployment, the newest first' {
        (Get-LettaDrTest $repository -Deployment demo).Id | Should -Be '20261102T000000Z-bbbbbb', '20261101T000000Z-aaaaaa'
        (Get-LettaDrTest $repository -Deployment demo -Newest 1).Id | Should -Be '20261102T000000Z-bbbbbb'
    }

    It 'lists nothing of another scenario' {
        Get-LettaDrTest $repository -Deployment demo -Scenario DataCorruption | Should -BeNullOrEmpty
    }
}
