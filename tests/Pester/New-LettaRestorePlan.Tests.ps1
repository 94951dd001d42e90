BeforeAll {
    . "$PSScriptRoot/Sandbox.ps1"
    $sandbox = New-TestSandbox
    $repository = New-TestFolder
    $passphrase = ConvertTo-SecureString 'correct horse battery staple' -AsPlainText -Force
    $backup = Backup-LettaSystem $sandbox.Deployment $repository -Passphrase $passphrase
}

AfterAll {
    Remove-LettaSandbox -Name $sandbox.Name -Confirm:$false
    Remove-Item -LiteralPath $repository -Recurse -Force
}

Describe 'New-LettaRestorePlan' {
    It 'tells the steps in their order, and changes nothing' {
        $plan = $backup | New-LettaRestorePlan -Deployment $sandbox.Deployment -Passphrase $passphrase

        $plan | Should -BeOfType [LettaDr.RestorePlan]
        $plan.Obstacles | Should -BeNullOrEmpty
        $plan.Steps.Kind | Should -Contain 'RestoreDatabase'
        $plan.Steps[0].Kind | Should -Be 'VerifySet'
    }

    It 'leaves out what is not wanted' {
        $plan = $backup | New-LettaRestorePlan -Deployment $sandbox.Deployment -Passphrase $passphrase -Skip RestoreCache

        ($plan.Steps | Where-Object Kind -eq RestoreCache).Skip | Should -BeTrue
    }
}
