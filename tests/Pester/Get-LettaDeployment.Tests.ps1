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

Describe 'Get-LettaDeployment' {
    It 'finds a project that runs, with database, cache and server' {
        $found = Get-LettaDeployment -Project $sandbox.Name

        $found | Should -BeOfType [LettaDr.LettaDeployment]
        $found.Database.Database | Should -Be 'letta'
        $found.Cache | Should -Not -BeNullOrEmpty
        $found.Server | Should -Not -BeNullOrEmpty
        $found.Facts | Should -Not -BeNullOrEmpty
    }

    It 'takes a URI and never shows its password' {
        $found = Get-LettaDeployment -Uri 'postgresql+asyncpg://letta:s%40cret@db.example.com:5433/letta?ssl=require'

        $found.Database.Host | Should -Be 'db.example.com'
        $found.Database.Port | Should -Be 5433
        $found | Format-List -Property * | Out-String | Should -Not -Match 's@cret|s%40cret'
        "$($found.Database.Password)" | Should -Be '********'
    }

    It 'reads a Compose file' {
        Set-Content -LiteralPath (Join-Path $repository 'compose.yaml') -Value @'
name: pester
services:
  letta_db:
    image: pgvector/pgvector:pg17
    environment: { POSTGRES_USER: letta, POSTGRES_PASSWORD: letta, POSTGRES_DB: letta }
    ports: [ "15432:5432" ]
'@
        (Get-LettaDeployment $repository).Name | Should -Be 'pester'
    }

    It 'tells a file that is not there' {
        { Get-LettaDeployment ./no-such-compose.yaml -ErrorAction Stop } | Should -Throw
    }
}
