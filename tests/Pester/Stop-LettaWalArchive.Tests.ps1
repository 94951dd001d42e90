BeforeAll {
    . "$PSScriptRoot/Sandbox.ps1"
    $sandbox = New-TestSandbox
    $deployment = $sandbox.Deployment
    $repository = New-TestFolder
    $null = Start-LettaWalArchive $deployment $repository -HeartbeatInterval '0:00:01' -Confirm:$false
}

AfterAll {
    Remove-LettaSandbox -Name $sandbox.Name -Confirm:$false
    Remove-Item -LiteralPath $repository -Recurse -Force
}

Describe 'Stop-LettaWalArchive' {
    It 'says what it would do and does nothing' {
        Stop-LettaWalArchive $repository -WhatIf
        (Get-LettaWalArchive $repository).State | Should -Be 'Streaming'
    }

    It 'keeps the slot, and says so' {
        $archive = Stop-LettaWalArchive $repository -Confirm:$false -WarningVariable said
        $archive.State | Should -Be 'Stopped'
        $archive.SlotRetainedBytes | Should -Not -BeNullOrEmpty
        "$said" | Should -Match 'the slot lettadr stays'
    }

    It 'drops the slot when told to' {
        (Stop-LettaWalArchive $repository -DropSlot -Confirm:$false).SlotRetainedBytes | Should -BeNullOrEmpty
    }
}
