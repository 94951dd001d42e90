Describe 'Export-LettaDrMetric' {
    It 'writes a file that node_exporter reads, also of nothing' {
        $path = Join-Path $TestDrive 'lettadr.prom'
        $written = @() | Export-LettaDrMetric $path -PassThru

        $written.Objects | Should -Be 0
        Get-Content $path -Raw | Should -BeNullOrEmpty
    }

    It 'refuses a name that node_exporter would not read' {
        { @() | Export-LettaDrMetric (Join-Path $TestDrive 'metrics.txt') -ErrorAction Stop } | Should -Throw -ErrorId 'MetricFileName*'
    }
}
