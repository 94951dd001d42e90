BeforeAll {
    . "$PSScriptRoot/Sandbox.ps1"
}

Describe 'Remove-LettaSandbox' {
    It 'removes containers, volumes and network of the sandbox that is piped in' {
        $sandbox = New-TestSandbox

        $sandbox | Remove-LettaSandbox -Confirm:$false

        docker ps -a --filter "label=lettadr.sandbox=$($sandbox.Name)" --format '{{.Names}}' | Should -BeNullOrEmpty
        docker network ls --filter "name=$($sandbox.Network)" --format '{{.Name}}' | Should -BeNullOrEmpty
    }

    It 'removes nothing with -WhatIf' {
        $sandbox = New-TestSandbox
        try {
            Remove-LettaSandbox $sandbox.Name -WhatIf

            Get-MessageCount $sandbox | Should -Be 100
        }
        finally {
            Remove-LettaSandbox $sandbox.Name -Confirm:$false
        }
    }

    It 'tells a name that is none' {
        { Remove-LettaSandbox lettadr-no-such -Confirm:$false -ErrorAction Stop } | Should -Throw
    }
}
