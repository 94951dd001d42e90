# Dot-sourced by the suites: the module, and a small throw-away Letta in Docker to try it on.
Import-Module ([System.IO.Path]::GetFullPath("$PSScriptRoot/../../LettaDr.psd1"))

function New-TestSandbox {
    New-LettaSandbox -Agents 3 -Messages 100 -Passages 10 -Confirm:$false
}

function New-TestFolder {
    [System.IO.Directory]::CreateTempSubdirectory('lettadr-pester-').FullName
}

function Get-MessageCount([object] $Sandbox, [string] $Database = 'letta') {
    [long] (docker exec $Sandbox.Deployment.Database.Container.Name psql -X -U letta -d $Database -Atc 'SELECT count(*) FROM letta.messages')
}
