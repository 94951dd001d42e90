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

Describe 'Undo-LettaRestore' {
    It 'brings the database back that a restore had replaced' {
        $container = $deployment.Database.Container.Name
        $backup = Backup-LettaDatabase $deployment $repository
        docker exec $container psql -X -q -U letta -d letta -c 'DELETE FROM letta.messages WHERE id IN (SELECT id FROM letta.messages LIMIT 7)'
        $null = $backup | Restore-LettaDatabase -Deployment $deployment -DisconnectSessions -Confirm:$false
        Get-MessageCount $sandbox | Should -Be 100

        $undone = Undo-LettaRestore $deployment -DisconnectSessions -Confirm:$false

        $undone.BackupId | Should -Be $backup.Id
        Get-MessageCount $sandbox | Should -Be 93
        Get-MessageCount $sandbox $undone.UndoneDatabase | Should -Be 100
    }

    It 'tells that there is nothing to undo' {
        { Undo-LettaRestore $deployment -TargetDatabase never-restored -Confirm:$false -ErrorAction Stop } |
            Should -Throw -ErrorId 'NothingToUndo,*'
    }
}
