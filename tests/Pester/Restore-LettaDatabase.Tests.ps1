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

    It 'takes the cluster to the moment of a base backup' {
        $base = Backup-LettaDatabase $deployment $repository -Type Base
        docker exec $container psql -X -q -U letta -d letta -c 'DELETE FROM letta.messages WHERE id IN (SELECT id FROM letta.messages LIMIT 7)'

        $result = Restore-LettaDatabase $deployment $repository -Latest -DisconnectSessions -Confirm:$false

        $result.BackupId | Should -Be $base.Id
        $result.TablesIdentical | Should -Be $base.Manifest.Cluster.Tables
        Get-MessageCount $sandbox | Should -Be 100
        $null = Undo-LettaRestore $deployment -DisconnectSessions -Confirm:$false
        Get-MessageCount $sandbox | Should -Be 93
    }

    It 'refuses a moment outside of what can be recovered' {
        { Restore-LettaDatabase $deployment $repository -PointInTime '2020-01-01Z' -Confirm:$false -ErrorAction Stop } |
            Should -Throw -ErrorId 'OutsideRecoverableWindow,*'
    }
}
