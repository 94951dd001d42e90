BeforeAll {
    . "$PSScriptRoot/Sandbox.ps1"
    $sandbox = New-TestSandbox
    $deployment = $sandbox.Deployment
    $repository = New-TestFolder
    $null = Start-LettaWalArchive $deployment $repository -HeartbeatInterval '0:00:01' -Confirm:$false
}

AfterAll {
    Stop-LettaWalArchive $repository -DropSlot -Confirm:$false
    Remove-LettaSandbox -Name $sandbox.Name -Confirm:$false
    Remove-Item -LiteralPath $repository -Recurse -Force
}

Describe 'Get-LettaWalArchive' {
    It 'tells of an idle server a moment that does not grow old' {
        $before = Get-LettaWalArchive $repository
        Start-Sleep -Seconds 4
        $after = Get-LettaWalArchive $repository $deployment.Name
        $after.RecoverableAt | Should -BeGreaterThan $before.RecoverableAt
        $after.State | Should -Be 'Streaming'
        $after.Holes | Should -BeNullOrEmpty
    }

    It 'tells a deployment that has none' {
        { Get-LettaWalArchive $repository nobody -ErrorAction Stop } | Should -Throw -ErrorId 'WalArchiveNotFound,*'
    }
}
