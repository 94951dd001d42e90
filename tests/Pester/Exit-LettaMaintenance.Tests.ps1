BeforeAll {
    . "$PSScriptRoot/Sandbox.ps1"
    $sandbox = New-TestSandbox
    $deployment = $sandbox.Deployment
    $server = $deployment.Server.Container.Name
}

AfterAll {
    Remove-LettaSandbox -Name $sandbox.Name -Confirm:$false
}

Describe 'Exit-LettaMaintenance' {
    It 'leaves a deployment as it is that is in no maintenance' {
        $state = Exit-LettaMaintenance $deployment

        $state.Active | Should -BeFalse
        $state.Since | Should -BeNullOrEmpty
    }

    It 'starts what was stopped and waits until it serves' {
        Enter-LettaMaintenance $deployment | Out-Null
        Exit-LettaMaintenance $deployment -WhatIf | Should -BeNullOrEmpty
        docker inspect --format '{{.State.Running}}' $server | Should -Be 'false'

        $state = $deployment | Exit-LettaMaintenance -TimeoutSeconds 60

        $state.Active | Should -BeFalse
        $state.DatabaseClosed | Should -BeFalse
        $state.Containers | Should -Be $server
        Test-LettaDeployment (Get-LettaDeployment -Project $sandbox.Name) -Quiet | Should -BeTrue
    }
}
