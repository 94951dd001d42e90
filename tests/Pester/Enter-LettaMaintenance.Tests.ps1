BeforeAll {
    . "$PSScriptRoot/Sandbox.ps1"
    $sandbox = New-TestSandbox
    $deployment = $sandbox.Deployment
    $server = $deployment.Server.Container.Name
    $database = $deployment.Database.Container.Name
}

AfterAll {
    Exit-LettaMaintenance $deployment -Confirm:$false
    Remove-LettaSandbox -Name $sandbox.Name -Confirm:$false
}

Describe 'Enter-LettaMaintenance' {
    It 'changes nothing with -WhatIf' {
        Enter-LettaMaintenance $deployment -WhatIf | Should -BeNullOrEmpty
        docker inspect --format '{{.State.Running}}' $server | Should -Be 'true'
    }

    It 'stops the server, closes the database and tells why' {
        $state = $deployment | Enter-LettaMaintenance -Reason 'A test' -DisconnectSessions

        $state.Active | Should -BeTrue
        $state.DatabaseClosed | Should -BeTrue
        $state.Reason | Should -Be 'A test'
        $state.Containers | Should -Be $server
        docker inspect --format '{{.State.Running}} {{.HostConfig.RestartPolicy.Name}}' $server | Should -Be 'false no'
        docker exec $database psql -X -U letta -d postgres -Atc "SELECT datallowconn FROM pg_database WHERE datname = 'letta'" | Should -Be 'f'
        ((Get-LettaDeployment -Project $sandbox.Name).Facts | Where-Object Name -EQ 'Maintenance').Value | Should -BeLike '*A test'
    }

    It 'opens the database for tools with -AllowConnections' {
        (Enter-LettaMaintenance $deployment -AllowConnections).DatabaseClosed | Should -BeFalse
        docker inspect --format '{{.State.Running}}' $server | Should -Be 'false'
    }
}
