BeforeAll {
    . "$PSScriptRoot/Sandbox.ps1"
    $sandbox = New-TestSandbox
    $repository = New-TestFolder
    $words = ConvertTo-SecureString 'five words nobody else says' -AsPlainText -Force
    $backup = Backup-LettaConfiguration $sandbox.Deployment $repository -Passphrase $words
}

AfterAll {
    Remove-LettaSandbox -Name $sandbox.Name -Confirm:$false
    Remove-Item -LiteralPath $repository -Recurse -Force
}

Describe 'Compare-LettaConfiguration' {
    It 'writes nothing where nothing has changed' {
        Compare-LettaConfiguration $backup $sandbox.Deployment -Passphrase $words | Should -BeNullOrEmpty
        Compare-LettaConfiguration $backup $sandbox.Deployment -Passphrase $words -Quiet | Should -BeTrue
    }

    It 'writes what is equal when asked, and shows no secret' {
        $all = Compare-LettaConfiguration $sandbox.Deployment $sandbox.Deployment -IncludeEqual

        $all | Should -BeOfType [LettaDr.ConfigurationDifference]
        $all.State | Select-Object -Unique | Should -Be 'Equal'
        ($all | Where-Object Item -Like '*POSTGRES_PASSWORD').Left | Should -Match '^hmac:[0-9a-f]{12}$'
    }

    It 'does not take what nobody could read for equal' {
        $unknown = $backup | Compare-LettaConfiguration -Difference $sandbox.Deployment

        $unknown.State | Should -Contain 'NotCompared'
        $backup | Compare-LettaConfiguration -Difference $sandbox.Deployment -Quiet | Should -BeFalse
    }

    It 'asks what a set is to be compared with' {
        { Compare-LettaConfiguration $backup -ErrorAction Stop } | Should -Throw -ErrorId 'NothingToCompare,*'
    }
}
