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

Describe 'Restore-LettaDatabase' {
    BeforeAll {
        $backup = Backup-LettaDatabase $deployment $repository
        $container = $deployment.Database.Container.Name
    }

    It 'brings a lost database back, every row compared' {
        docker exec $container psql -X -q -U letta -d postgres -c 'DROP DATABASE letta WITH (FORCE)'

        $result = $backup | Restore-LettaDatabase -Deployment $deployment -Confirm:$false

        $result.TablesIdentical | Should -Be $result.Tables
        $result.Rows | Should -Be $backup.Rows
        Get-MessageCount $sandbox | Should -Be 100
    }

    It 'keeps the database that was live' {
        $result = Restore-LettaDatabase latest $deployment -Repository $repository -DisconnectSessions -Confirm:$false

        Get-MessageCount $sandbox $result.PreviousDatabase | Should -Be 100
    }

    It 'restores under another name and leaves the live database alone' {
        $result = Restore-LettaDatabase $backup $deployment -TargetDatabase copy -Confirm:$false

        $result.Database | Should -Be 'copy'
        Get-MessageCount $sandbox copy | Should -Be 100
    }

    It 'changes nothing with -WhatIf' {
        $before = docker exec $container psql -X -U letta -d postgres -Atc 'SELECT oid, datname FROM pg_database ORDER BY 1'

        Restore-LettaDatabase $backup $deployment -DisconnectSessions -WhatIf

        docker exec $container psql -X -U letta -d postgres -Atc 'SELECT oid, datname FROM pg_database ORDER BY 1' | Should -Be $before
    }

    It 'tells a set that is not there' {
        { Restore-LettaDatabase 20200101T000000Z-000000 $deployment -Repository $repository -Confirm:$false -ErrorAction Stop } |
            Should -Throw -ErrorId 'BackupNotFound,*'
    }
}
