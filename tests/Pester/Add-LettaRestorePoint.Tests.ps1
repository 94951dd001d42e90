BeforeAll {
    . "$PSScriptRoot/Sandbox.ps1"
    $sandbox = New-TestSandbox
    $deployment = $sandbox.Deployment
}

AfterAll {
    Remove-LettaSandbox -Name $sandbox.Name -Confirm:$false
}

Describe 'Add-LettaRestorePoint' {
    It 'names a moment and its position' {
        $point = Add-LettaRestorePoint $deployment 'before the upgrade'

        $point.Name | Should -Be 'before the upgrade'
        $point.Lsn.ToString() | Should -Match '^[0-9A-F]+/[0-9A-F]+$'
        $point.SystemIdentifier | Should -Not -BeNullOrEmpty
    }

    It 'refuses a name that PostgreSQL would cut' {
        { Add-LettaRestorePoint $deployment ('x' * 64) -ErrorAction Stop } | Should -Throw -ErrorId 'RestorePointNameTooLong,*'
    }

    It 'adds none with -WhatIf' {
        Add-LettaRestorePoint $deployment 'never' -WhatIf | Should -BeNullOrEmpty
    }
}
