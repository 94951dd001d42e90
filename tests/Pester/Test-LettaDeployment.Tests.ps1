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

Describe 'Test-LettaDeployment' {
    It 'passes on a deployment that runs' {
        $results = $deployment | Test-LettaDeployment

        $results | Should -BeOfType [LettaDr.CheckResult]
        $results.Outcome | Should -Not -Contain 'Failed'
        $results.Outcome | Should -Contain 'Passed'
        Test-LettaDeployment $deployment -Quiet | Should -BeTrue
    }

    It 'is false about a server that does not answer' {
        Test-LettaDeployment 'postgresql://letta:x@127.0.0.1:1/letta' -Quiet | Should -BeFalse
    }

    It 'fails when the database is down although the health page is content' {
        docker stop $deployment.Database.Container.Name
        try {
            Test-LettaDeployment $deployment -Quiet | Should -BeFalse
        }
        finally {
            docker start $deployment.Database.Container.Name
        }
    }
}
