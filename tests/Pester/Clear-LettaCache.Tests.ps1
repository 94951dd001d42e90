BeforeAll {
    . "$PSScriptRoot/Sandbox.ps1"
    $sandbox = New-TestSandbox
    $deployment = $sandbox.Deployment
    $redis = $deployment.Cache.Container.Name
    $lost = '11111111-1111-4111-8111-111111111111'
}

AfterAll {
    Remove-LettaSandbox -Name $sandbox.Name -Confirm:$false
}

Describe 'Clear-LettaCache' {
    BeforeEach {
        docker exec $redis redis-cli FLUSHALL
        docker exec $redis redis-cli SET "memory_repo:lock:agent-$lost" token
        docker exec $redis redis-cli SET 'letta_cache:model:http://host:a confided text' x EX 600
        docker exec $redis redis-cli SET session:1 x
    }

    It 'removes what contradicts the database and nothing else' {
        $cleared = $deployment | Clear-LettaCache

        $cleared.Removed | Should -Be 1
        $cleared.OthersUntouched | Should -Be 1
        docker exec $redis redis-cli DBSIZE | Should -Be 2
    }

    It 'removes nothing with -WhatIf' {
        Clear-LettaCache $deployment -All -WhatIf | Should -BeNullOrEmpty
        docker exec $redis redis-cli DBSIZE | Should -Be 3
    }

    It 'removes all keys of Letta with -All, and none of others' {
        (Clear-LettaCache $deployment -All -Confirm:$false).Removed | Should -Be 2
        docker exec $redis redis-cli DBSIZE | Should -Be 1
    }

    It 'removes only the kinds asked for' {
        (Clear-LettaCache $deployment -All -Kind MemoryLock -Confirm:$false).Removed | Should -Be 1
        docker exec $redis redis-cli DBSIZE | Should -Be 2
    }

    It 'tells that a deployment has no cache' {
        $uri = 'postgresql://letta:x@127.0.0.1:1/letta'
        { Clear-LettaCache $uri -ErrorAction Stop } | Should -Throw -ErrorId 'CacheNotFound,*'
    }
}
