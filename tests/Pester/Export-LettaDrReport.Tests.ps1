Describe 'Export-LettaDrReport' {
    It 'writes one report of mixed objects, the same in each format' {
        $digests = foreach ($name in 'report.html', 'report.md', 'report.json') {
            ($(Get-LettaRunbook; (Get-LettaRunbook).Steps) | Export-LettaDrReport (Join-Path $TestDrive $name) -PassThru).Digest
        }

        $digests | Select-Object -Unique | Should -HaveCount 1
        Get-Content (Join-Path $TestDrive 'report.html') -Raw | Should -Not -Match '<script'
    }

    It 'does not count as passed what was not judged, and does not overwrite' {
        $path = Join-Path $TestDrive 'kept.json'
        (Get-LettaRunbook | Export-LettaDrReport $path -PassThru).Verdict | Should -Be 'NotRun'

        { Get-LettaRunbook | Export-LettaDrReport $path -ErrorAction Stop } | Should -Throw -ErrorId 'ExportFileExists*'
    }
}
