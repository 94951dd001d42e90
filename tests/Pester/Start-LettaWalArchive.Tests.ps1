BeforeAll {
    . "$PSScriptRoot/Sandbox.ps1"
    $sandbox = New-TestSandbox
    $deployment = $sandbox.Deployment
    $repository = New-TestFolder
}

AfterAll {
    Stop-LettaWalArchive $repository -DropSlot -Confirm:$false
    Remove-LettaSandbox -Name $sandbox.Name -Confirm:$false
    Remove-Item -LiteralPath $repository -Recurse -Force
}

Describe 'Start-LettaWalArchive' {
    It 'says what it would do and does nothing' {
        Start-LettaWalArchive $deployment $repository -WhatIf
        Get-LettaWalArchive $repository | Should -BeNullOrEmpty
    }

    It 'returns when a commit was found in the log received' {
        $archive = Start-LettaWalArchive $deployment $repository -HeartbeatInterval '0:00:01' -Confirm:$false
        $archive.State | Should -Be 'Streaming'
        $archive.RecoverableAt | Should -Not -BeNullOrEmpty
        $archive.Slot | Should -Be 'lettadr'
    }

    It 'leaves alone what runs already' {
        (Start-LettaWalArchive $deployment $repository -HeartbeatInterval '0:00:01' -Confirm:$false).State | Should -Be 'Streaming'
    }

    It 'keeps the maximum of the slot with the archive' {
        Start-LettaWalArchive $deployment $repository -HeartbeatInterval '0:00:01' -MaximumSlotSize 2GB -Confirm:$false
        (Get-LettaWalArchive $repository).MaximumSlotSize | Should -Be 2GB
    }

    It 'refuses an interval that cannot be meant' {
        { Start-LettaWalArchive $deployment $repository -HeartbeatInterval '0:00:00' -Confirm:$false -ErrorAction Stop } |
            Should -Throw -ErrorId 'HeartbeatIntervalInvalid,*'
    }
}
