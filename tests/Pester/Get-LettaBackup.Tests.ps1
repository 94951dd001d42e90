BeforeAll {
    . "$PSScriptRoot/Sandbox.ps1"
    $sandbox = New-TestSandbox
    $deployment = $sandbox.Deployment
    $repository = New-TestFolder
}

AfterAll {
    Remove-LettaSandbox -Name $sandbox.Name -Confirm:$false
    Remove-Item -LiteralPath $repository -Recurse -Force
}

Describe 'Get-LettaBackup' {
    BeforeAll {
        $first = Backup-LettaDatabase $deployment $repository -Label 'first'
        $second = Backup-LettaDatabase $deployment $repository -Label 'second'
    }

    It 'lists the newest first' {
        (Get-LettaBackup $repository).Id | Should -Be $second.Id, $first.Id
    }

    It 'finds by label, id, time and number' {
        (Get-LettaBackup $repository -Label 'f*').Id | Should -Be $first.Id
        (Get-LettaBackup $repository $second.Id).Label | Should -Be 'second'
        (Get-LettaBackup $repository -Since $second.SnapshotTime).Id | Should -Be $second.Id
        (Get-LettaBackup $repository -Newest 1).Id | Should -Be $second.Id
    }

    It 'tells that pgBackRest is not beside the database' {
        { Get-LettaBackup -Engine PgBackRest $deployment -ErrorAction Stop } | Should -Throw -ErrorId 'PgBackRestNotInstalled,*'
    }

    It 'tells a directory that is not there' {
        { Get-LettaBackup ./no/such/repository -ErrorAction Stop } | Should -Throw -ErrorId 'RepositoryNotFound,*'
    }
}
