BeforeAll {
    . "$PSScriptRoot/Sandbox.ps1"
    $repository = New-TestFolder
}

AfterAll {
    Remove-Item -LiteralPath $repository -Recurse -Force
}

Describe 'Get-LettaDrTestSchedule' {
    It 'has the six kinds of the guide, and all are due where none was made' {
        $entries = Get-LettaDrTestSchedule $repository -Deployment never-drilled

        $entries.Test | Should -Be FullRestore, DatabaseFailover, ComponentFailure, NetworkPartition, DataCorruption, BackupValidation
        $entries.Every.TotalDays | Should -Be 92, 14, 31, 31, 31, 7
        $entries.IsOverdue | Select-Object -Unique | Should -BeTrue
    }
}
