using System.Management.Automation.Language;

namespace LettaDr.Console.Tests;

/// <summary>Each command, with what it gives in pwsh.</summary>
public sealed class EverydayCommandTests(CommandRunspace runspace) : IClassFixture<CommandRunspace>
{
    public static TheoryData<string, string> Streams { get; } = new()
    {
        { "Write-Output 1, 2; (Write-Output 1, 2 -NoEnumerate | Measure-Object).Count", "1|2|1" },
        { "Write-Host a, b -Separator '-' 6>&1", "a-b" },
        { "Write-Warning w 3>&1; Write-Verbose v -Verbose 4>&1; Write-Debug d -Debug 5>&1; Write-Information i 6>&1", "w|v|d|i" },
        { "Write-Error no -ErrorId Mine", "{Mine}" },
        { "try { Write-Error no -ErrorAction Stop } catch { $_.Exception.Message }", "no" },
        { "Write-Error no -RecommendedAction 'do this' 2>&1 | ForEach-Object { $_.ErrorDetails.RecommendedAction }", "do this" },
        { "Write-Error -Exception ([IO.IOException]::new('x')) 2>&1 | ForEach-Object { $_.Exception.GetType().Name }", "IOException" },
        { "Write-Progress -Activity a -Status s -PercentComplete 5; Write-Progress -Activity a -Completed; 'fine'", "fine" },
    };

    public static TheoryData<string, string> Objects { get; } = new()
    {
        { "1..9 | Select-Object -First 2; 1..9 | Select-Object -Last 2; 1..9 | Select-Object -Skip 7", "1|2|8|9|8|9" },
        { "1..9 | Select-Object -Skip 1 -First 2; 1..9 | Select-Object -SkipLast 7; 1..9 | Select-Object -Index 0, 3", "2|3|1|2|1|4" },
        { "1, 1, 2, 1 | Select-Object -Unique; 'a', 'A' | Select-Object -Unique", "1|2|a|A" },
        { "$seen = 0; 1..9 | ForEach-Object { $seen++; $_ } | Select-Object -First 2 | Out-Null; $seen", "2" },
        { "$o = [pscustomobject]@{ A = 1; B = 2; Ab = 3 }; $o | Select-Object A*; $o | Select-Object * -ExcludeProperty A*", "@{A=1; Ab=3}|@{B=2}" },
        { "[pscustomobject]@{ A = 1 } | Select-Object A, No, @{ n = 'X'; e = { $_.A + 1 } }", "@{A=1; No=; X=2}" },
        { "[pscustomobject]@{ A = 1, 2 } | Select-Object -ExpandProperty A", "1|2" },
        { "[pscustomobject]@{ A = 1 } | Select-Object -ExpandProperty No", "{ExpandPropertyNotFound}" },
        { "(Get-Item . | Select-Object Name).PSTypeNames[0]", "Selected.System.IO.DirectoryInfo" },
        { "3, 1, 2 | Sort-Object; 3, 1, 2 | Sort-Object -Descending; 'b', 'A', 'c' | Sort-Object", "1|2|3|3|2|1|A|b|c" },
        { "3, 1, 3 | Sort-Object -Unique; 5, 3, 4 | Sort-Object -Top 2; 5, 3, 4 | Sort-Object -Bottom 1", "1|3|3|4|5" },
        { "'bb', 'a', 'cc' | Sort-Object { $_.Length }, { $_ } -Descending", "cc|bb|a" },
        { "'bb', 'a', 'cc' | Sort-Object @{ e = 'Length'; Descending = $true }, @{ e = { $_ }; Ascending = $true }", "bb|cc|a" },
        { "[pscustomobject]@{ X = 1 }, [pscustomobject]@{ A = 2 }, [pscustomobject]@{ A = 1 } | Sort-Object A -Descending | ForEach-Object A", "2|1|null" },
        { "$m = 1, 2, 3, 6 | Measure-Object -AllStats; $m.Count, $m.Sum, $m.Average, $m.Maximum, $m.Minimum, $m.StandardDeviation -join ' '", "4 12 3 6 1 2.16024689946929" },
        { "('a b', 'c' | Measure-Object -Line -Word -Character | ForEach-Object { $_.Lines, $_.Words, $_.Characters }) -join ' '", "2 3 4" },
        { "(Get-Item . | Measure-Object No).Count", "{GenericMeasurePropertyNotFound}|0" },
        { "(@() | Measure-Object).Count", "0" },
        { "'a1', 'b1', 'a2' | Group-Object { $_[0] } | ForEach-Object { \"$($_.Name) $($_.Count) $($_.Group)\" }", "a 2 a1 a2|b 1 b1" },
        { "('a1', 'b1', 'a2' | Group-Object { $_[0] } -AsHashTable -AsString)['a'] -join ' '", "a1 a2" },
        { "[pscustomobject]@{ Z = 1 } | Get-Member -MemberType NoteProperty | ForEach-Object { $_.Name, $_.Definition }", "Z|int Z=1" },
        { "$o = [pscustomobject]@{ A = 1 }; $o | Add-Member B 2; Add-Member -InputObject $o ScriptProperty C { $this.A + 2 }; $o | Add-Member A 5; $o | Add-Member NoteProperty D 4; $o.B, $o.C, $o.D", "{MemberAlreadyExists}|2|3|4" },
        { "$o = [pscustomobject]@{ A = 1 } | Add-Member -NotePropertyMembers @{ B = 2 } -PassThru; $o.B", "2" },
        { "(New-Object System.Version 1, 2).Minor; (New-Object PSObject -Property @{ A = 3 }).A; (New-Object DateTime 2024, 1, 2).Day; New-Object No.Such", "2|3|2|{TypeNotFound}" },
        { "Compare-Object 1, 2, 3 2, 3, 4 | ForEach-Object { \"$($_.InputObject)$($_.SideIndicator)\" }", "4=>|1<=" },
        { "Compare-Object 1, 2 2, 1; Compare-Object 1 1 -IncludeEqual | ForEach-Object SideIndicator", "==" },
        { "1, 2 | Tee-Object -Variable kept | Out-Null; $kept; 3 | Tee-Object -FilePath tee.txt; Get-Content tee.txt", "1|2|3|3" },
    };

    public static TheoryData<string, string> Text { get; } = new()
    {
        { "[pscustomobject]@{ A = 1 }, [pscustomobject]@{ A = 2 } | Format-Table | Out-String", "\nA\n-\n1\n2\n\n" },
        { "[pscustomobject]@{ A = 1 } | Format-List | Out-String -Stream", "|A : 1|" },
        { "[pscustomobject]@{ A = 'x' * 50 } | Format-Table | Out-String -Width 21 -Stream", "|A|-|" + new string('x', 20) + "…|" },
        { "[ordered]@{ A = 1; B = @('x', $null, $true); C = @{ D = @{ E = @{ F = 1 } } } } | ConvertTo-Json -Compress -WarningAction Ignore", """{"A":1,"B":["x",null,true],"C":{"D":{"E":"System.Collections.Hashtable"}}}""" },
        { "ConvertTo-Json @(); 1 | ConvertTo-Json -AsArray -Compress; [DayOfWeek]::Monday | ConvertTo-Json -EnumsAsStrings; ConvertTo-Json $null", "[]|[1]|\"Monday\"|null" },
        { "[pscustomobject]@{ A = ([datetime]'2024-01-02T03:04:05Z').ToUniversalTime(); B = [guid]::Empty; C = 1.5 } | ConvertTo-Json", "{\n  \"A\": \"2024-01-02T03:04:05Z\",\n  \"B\": \"00000000-0000-0000-0000-000000000000\",\n  \"C\": 1.5\n}" },
        { "@{ A = @{ B = 1 } } | ConvertTo-Json -Depth 0 -Compress 3>&1 | ForEach-Object { \"$_\" }", "{\"A\":\"System.Collections.Hashtable\"}|Resulting JSON is truncated as serialization has exceeded the set depth of 0." },
        { "$j = '{ \"a\": [1, 2.5], \"d\": \"2024-01-02T03:04:05Z\", \"n\": null }' | ConvertFrom-Json; $j.a[0].GetType().Name, $j.a[1].GetType().Name, $j.d.GetType().Name, ($null -eq $j.n)", "Int64|Double|DateTime|True" },
        { "('{ \"b\": 1, \"a\": 2 }' | ConvertFrom-Json -AsHashtable).Keys; '[1,2]' | ConvertFrom-Json; '{', '}' | ConvertFrom-Json; '1', '2' | ConvertFrom-Json", "b|a|1|2||1|2" },
        { "try { '{ \"a\": ' | ConvertFrom-Json } catch { $_.FullyQualifiedErrorId }", "ConversionFromJsonFailed,LettaDr.Console.Commands.ConvertFromJsonCommand" },
        { "[pscustomobject]@{ A = 1; B = 'x \"y\", z' }, [pscustomobject]@{ A = $null; C = 1 } | ConvertTo-Csv", "\"A\",\"B\"|\"1\",\"x \"\"y\"\", z\"|," },
        { "[pscustomobject]@{ A = 1; B = 'x,y' } | ConvertTo-Csv -UseQuotes AsNeeded -Delimiter ';'", "A;B|1;x,y" },
        { "'A,B', '1,\"x', 'y \"\"z\"\"\"' | ConvertFrom-Csv | ForEach-Object B; 'v;w' | ConvertFrom-Csv -Header P, Q -Delimiter ';'", "x\ny \"z\"|@{P=v; Q=w}" },
        { "[pscustomobject]@{ A = 1; B = 2 } | Export-Csv e.csv; [pscustomobject]@{ B = 4; A = 3 } | Export-Csv e.csv -Append; Get-Content e.csv; (Import-Csv e.csv)[1].B", "\"A\",\"B\"|\"1\",\"2\"|\"3\",\"4\"|4" },
        { "'x' | Out-File o.txt; 'y' | Out-File o.txt -Append; 'ä' | Out-File o.txt -Append -NoNewline; Get-Content o.txt -Raw; (Get-Item o.txt).Length", "x\ny\nä|6" },
        { "'x' | Out-File w.txt -WhatIf; Test-Path w.txt; 'x' | Out-File c.txt; try { 'y' | Out-File c.txt -NoClobber } catch { 'kept' }; Get-Content c.txt", "False|kept|x" },
    };

    public static TheoryData<string, string> Items { get; } = new()
    {
        { "New-Item d/e -ItemType Directory -Force | ForEach-Object Name; New-Item d/f.txt -Value text | ForEach-Object Name; Get-Content d/f.txt", "e|f.txt|text" },
        { "New-Item g -ItemType Directory | Out-Null; Set-Content g/1.txt a; Set-Content g/2.log b; Get-ChildItem g -Name; Get-ChildItem g -Filter *.log | ForEach-Object Name", "1.txt|2.log|2.log" },
        { "New-Item h/i -ItemType Directory | Out-Null; Set-Content h/i/x y; (Get-ChildItem h -Recurse).Name; (Get-ChildItem h -Recurse -File).Name; (Get-ChildItem h -Directory).Name; (Get-ChildItem h -Exclude i).Name", "i|x|x|i|null" },
        { "Get-ChildItem no; Get-Item no; Get-Content no", "{PathNotFound}|{PathNotFound}|{PathNotFound}" },
        { "(Get-Item .).PSIsContainer; (Get-ChildItem Env:HOME).Name; (Get-Item Function:prompt).Name", "True|HOME|prompt" },
        { "Test-Path /; Test-Path /no; Test-Path / -PathType Leaf; Test-Path /etc/passwd -PathType Leaf; Test-Path /tmp, '' -PathType Container; Test-Path 'a[' -IsValid", "True|False|False|True|True|False|True" },
        { "Join-Path a b; Join-Path a/ /b; Join-Path a b c d; Join-Path a, b c", "a/b|a/b|a/b/c/d|a/c|b/c" },
        { "Split-Path /a/b.txt; Split-Path /a/b.txt -Leaf; Split-Path /a/b.txt -LeafBase; Split-Path /a/b.txt -Extension; Split-Path a/b -IsAbsolute; Split-Path /", "/a|b.txt|b|.txt|False|" },
        { "(Resolve-Path .).Path -eq $folder; Resolve-Path no; Set-Content r.txt 1; Resolve-Path r.* -Relative; (Convert-Path r.txt) -eq \"$folder/r.txt\"", "True|{PathNotFound}|./r.txt|True" },
        { "Set-Location /; (Get-Location).Path; Set-Location /no; Push-Location /tmp; $PWD.Path; Pop-Location; $PWD.Path; Set-Location /tmp; Set-Location -; $PWD.Path", "/|{PathNotFound}|/tmp|/|/" },
        { "Set-Content c1 'x'; Copy-Item c1 c2; Move-Item c2 c3; Rename-Item c3 c4; Get-ChildItem c? -Name; Remove-Item c1, c4; Test-Path c?", "c1|c4|False" },
        { "New-Item k/l -ItemType Directory | Out-Null; Copy-Item k m -Recurse; Test-Path m/l; Remove-Item k -Recurse; Test-Path k; Remove-Item m -Recurse -WhatIf; Test-Path m", "True|False|True" },
        { "Remove-Item no", "{PathNotFound}" },
        { "Set-Content s.txt 'a', 'b'; Add-Content s.txt 'c'; Get-Content s.txt; Get-Content s.txt -Tail 1; Get-Content s.txt -TotalCount 1; (Get-Content s.txt -Raw).Length", "a|b|c|c|a|6" },
        { "Set-Content b.bin ([byte[]](1, 2, 255)) -AsByteStream; (Get-Content b.bin -AsByteStream -Raw).Length; Get-Content b.bin -AsByteStream", "3|1|2|255" },
        { "Set-Content u.txt 'é' -Encoding unicode; (Get-Item u.txt).Length; Get-Content u.txt; Set-Content -Path Env:LETTADR_TEST -Value v; Get-Content Env:LETTADR_TEST; Remove-Item Env:LETTADR_TEST", "6|é|v" },
        { "(Get-PSDrive Env).Provider.Name; (Get-PSDrive -PSProvider FileSystem).Name -contains '/'", "Environment|True" },
        { "Set-Content n.txt -NoNewline abc; (Get-FileHash n.txt).Hash; (Get-FileHash n.txt -Algorithm MD5).Hash", "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD|900150983CD24FB0D6963F7D28E17F72" },
    };

    public static TheoryData<string, string> Others { get; } = new()
    {
        { "(Measure-Command { Start-Sleep -Milliseconds 60; $inside = 1 }).TotalMilliseconds -ge 60; $inside; Start-Sleep 0", "True|1" },
        { "Get-Date '2024-01-02 03:04' -Format o; Get-Date '2024-01-02' -Day 5 -Hour 6 -Format 'yyyyMMdd HH'; Get-Date '2024-01-02 03:04:05' -Format FileDateTime; (Get-Date -AsUTC).Kind", "2024-01-02T03:04:00.0000000|20240105 06|20240102T0304050000|Utc" },
        { "(Get-Date -UnixTimeSeconds 0 -AsUTC).Year; (Get-Date).Date -eq [datetime]::Today", "1970|True" },
        { "New-TimeSpan -Hours 1 -Minutes 2; New-TimeSpan '2024-01-01' '2024-01-03'; (New-TimeSpan).Ticks", "01:02:00|2.00:00:00|0" },
        { "$s = ConvertTo-SecureString x -AsPlainText -Force; $s.GetType().Name; $s | ConvertFrom-SecureString -AsPlainText; (Get-Credential ([pscredential]::new('u', $s))).UserName", "SecureString|x|u" },
        { "Set-Variable a1 5; $a1; Get-Variable a1 -ValueOnly; 1, 2 | Set-Variable a2; $a2.Count; (Get-Variable a?).Name -join ' '; Get-Variable no", "5|5|2|a1 a2|{VariableNotFound}" },
        { "(New-Guid).GetType().Name; $r = Get-Random -Minimum 3 -Maximum 5; $r -ge 3 -and $r -lt 5; (1..9 | Get-Random -Count 4 | Sort-Object -Unique).Count", "Guid|True|4" },
    };

    [Theory]
    [MemberData(nameof(Streams))]
    [MemberData(nameof(Objects))]
    [MemberData(nameof(Text))]
    [MemberData(nameof(Items))]
    [MemberData(nameof(Others))]
    public void It_gives_what_pwsh_gives(string script, string expected) => Assert.Equal(expected, runspace.Run(script));

    [Fact]
    public void Every_command_is_tried_and_belongs_to_the_module_that_lists_it()
    {
        // Read-Host needs somebody who answers; the tests of standard input and of the terminal try it.
        HashSet<string> tried = [.. new[] { Streams, Objects, Text, Items, Others }.SelectMany(data => data)
            .SelectMany(row => Parser.ParseInput((string)row[0], out _, out _).FindAll(ast => ast is CommandAst, true))
            .Select(ast => ((CommandAst)ast).GetCommandName()).Append("Read-Host")];
        Assert.Empty(EverydayCommands.All.Select(command => command.Name).Except(tried));

        var listed = new List<(string Name, string Module)>();
        foreach (string manifest in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Modules"), "*.psd1", SearchOption.AllDirectories))
        {
            var table = (HashtableAst)Parser.ParseFile(manifest, out _, out _).Find(ast => ast is HashtableAst, false)!;
            var values = (System.Collections.Hashtable)table.SafeGetValue();
            listed.AddRange(((object[])values["CmdletsToExport"]!).Select(name => ((string)name, Path.GetFileNameWithoutExtension(manifest))));
        }

        Assert.Equal(EverydayCommands.All.Select(command => (command.Name, command.Module)).Order(), listed.Order());
    }
}
