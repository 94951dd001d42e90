BeforeAll {
    . "$PSScriptRoot/Sandbox.ps1"
    $sandbox = New-TestSandbox
}

AfterAll {
    Remove-LettaSandbox -Name $sandbox.Name -Confirm:$false
}

Describe 'New-LettaSandbox' {
    It 'makes database, cache and server with as many rows as asked for' {
        $sandbox | Should -BeOfType [LettaDr.LettaSandbox]
        $sandbox.Containers.Count | Should -Be 3
        Get-MessageCount $sandbox | Should -Be 100
    }

    It 'is ready when it returns' {
        Test-LettaDeployment $sandbox.Deployment -Quiet | Should -BeTrue
    }

    It 'refuses a name that is taken or is none' {
        { New-LettaSandbox $sandbox.Name -ErrorAction Stop } | Should -Throw -ErrorId 'SandboxExists,*'
        { New-LettaSandbox 'No Name' -ErrorAction Stop } | Should -Throw -ErrorId 'SandboxNameInvalid,*'
    }
}
