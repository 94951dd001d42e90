BeforeAll {
    . "$PSScriptRoot/Sandbox.ps1"
    $sandbox = New-TestSandbox
    $deployment = $sandbox.Deployment

    function Invoke-Sql([string] $Sql) {
        docker exec $deployment.Database.Container.Name psql -X -U letta -d letta -qAtc $Sql
    }
}

AfterAll {
    Remove-LettaSandbox -Name $sandbox.Name -Confirm:$false
}

Describe 'Repair-LettaVectorIndex' {
    It 'tells that there is no vector index' {
        $told = $deployment | Repair-LettaVectorIndex

        $told.Action | Should -Be 'Left'
        $told.Index | Should -BeNullOrEmpty
    }

    Context 'with an index that is not valid' {
        BeforeEach {
            Invoke-Sql 'CREATE INDEX IF NOT EXISTS first ON archival_passages USING hnsw ((subvector(embedding, 1, 1536)::vector(1536)) vector_l2_ops)'
            Invoke-Sql "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'letta.first'::regclass"
        }

        It 'changes nothing with -WhatIf' {
            Repair-LettaVectorIndex $deployment -WhatIf | Should -BeNullOrEmpty
            Invoke-Sql "SELECT indisvalid FROM pg_index WHERE indexrelid = 'letta.first'::regclass" | Should -Be 'f'
        }

        It 'rebuilds what a test has found' {
            $done = Test-LettaConsistency $deployment | Repair-LettaVectorIndex

            $done.Action | Should -Be 'Rebuilt'
            $done.WasValid | Should -BeFalse
            $done.RecallAfter | Should -BeGreaterOrEqual 0.9
        }

        It 'rebuilds by name, and tells of a name that there is not' {
            (Repair-LettaVectorIndex $deployment -Index fir*).Action | Should -Be 'Rebuilt'
            (Repair-LettaVectorIndex $deployment -All).Action | Should -Be 'Rebuilt'
            { Repair-LettaVectorIndex $deployment -Index other -ErrorAction Stop } | Should -Throw -ErrorId 'IndexNotFound,*'
        }
    }
}
