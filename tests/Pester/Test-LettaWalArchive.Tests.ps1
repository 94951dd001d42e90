BeforeAll {
    . "$PSScriptRoot/Sandbox.ps1"
    $sandbox = New-TestSandbox
    $deployment = $sandbox.Deployment
    $repository = New-TestFolder
    $archive = Start-LettaWalArchive $deployment $repository -HeartbeatInterval '0:00:01' -Confirm:$false
}

AfterAll {
    Stop-LettaWalArchive $repository -DropSlot -Confirm:$false
    Remove-LettaSandbox -Name $sandbox.Name -Confirm:$false
    Remove-Item -LiteralPath $repository -Recurse -Force
}

Describe 'Test-LettaWalArchive' {
    It 'reads all of the log' {
        $results = Get-LettaWalArchive $repository | Test-LettaWalArchive
        $results | Where-Object Outcome -eq Failed | Should -BeNullOrEmpty
        ($results | Where-Object Name -eq LogReadable).Evidence | Should -Match 'each with its checksum'
    }

    It 'misses an objective that cannot be met' {
        $results = Test-LettaWalArchive $repository -RecoveryPointObjective '0:00:00'
        ($results | Where-Object Name -eq RecoveryPoint).Outcome | Should -Be 'Failed'
    }

    It 'finds a segment of another cluster' {
        $stranger = [System.IO.Path]::Combine($archive.Path, '000000010000000000000001')
        [System.IO.File]::WriteAllBytes($stranger, [byte[]]::new(16MB))
        Test-LettaWalArchive $repository -Quiet | Should -BeFalse
    }
}
