namespace LettaDr.Module.Tests;

/// <summary>Realistic objects of each kind that a user sees, with names as long as they get.</summary>
internal static class Objects
{
    public const string Password = "s3cret-of-the-views";

    /// <summary>A script that sets a variable for each.</summary>
    public const string Script = """
        function New-Thing([type] $type, [hashtable] $values) {
            $thing = [System.Runtime.CompilerServices.RuntimeHelpers]::GetUninitializedObject($type)
            foreach ($name in $values.PSBase.Keys) { $type.GetProperty($name).SetValue($thing, $values[$name]) }
            $thing
        }
        $time = [datetimeoffset]::new(2026, 11, 22, 12, 0, 0, [timespan]::Zero)
        $id = '20261122T120000Z-a1b2c3'
        $secret = [LettaDr.Secret]::new('PASSWORD')
        $file = [LettaDr.BackupFile]::new('database.pgdump', 1503238553, 'ab' * 32)
        $part = New-Thing LettaDr.DatabasePart @{
            SnapshotTime = $time; Lsn = '0/1A2B3C4D'; Name = 'letta'; ServerVersion = '17.5'; Tables = 49; Rows = 522345L; Bytes = 2899102924L
        }
        $cachePart = New-Thing LettaDr.CachePart @{ SnapshotTime = $time; RedisVersion = '8.0.2'; Keys = 1250L; Bytes = 1503238L }
        $manifest = New-Thing LettaDr.BackupManifest @{
            Format = 1; Id = $id; Deployment = 'letta-production-eu'; Label = 'before the upgrade to 0.16'; Writer = 'LettaDr 0.1.0'
            StartedAt = $time; CompletedAt = $time.AddSeconds(83); Database = $part; Cache = $cachePart
            Files = [LettaDr.BackupFile[]] @($file); Seal = 'cd' * 32
        }
        $backup = New-Thing LettaDr.Backup @{
            Id = $id; Deployment = 'letta-production-eu'; State = [LettaDr.BackupState]::Complete; Repository = '/srv/letta-backups'
            Path = "/srv/letta-backups/letta-production-eu/sets/$id"; SnapshotTime = $time; Manifest = $manifest
        }
        $damaged = New-Thing LettaDr.Backup @{
            Id = $id; Deployment = 'letta-production-eu'; State = [LettaDr.BackupState]::Damaged; Repository = '/srv/letta-backups'
            Path = "/srv/letta-backups/letta-production-eu/sets/$id"; SnapshotTime = $time; Problem = 'Its manifest is damaged.'
        }
        $proof = New-Thing LettaDr.BackupProof @{
            BackupId = $id; ManifestSeal = 'cd' * 32; TestedAt = $time; Outcome = [LettaDr.Outcome]::Passed; Evidence = '49 of 49 tables identical.'
            Duration = [timespan]::FromSeconds(71)
        }
        $proven = New-Thing LettaDr.Backup @{
            Id = $id; Deployment = 'letta'; State = [LettaDr.BackupState]::Complete; Repository = '/srv/letta-backups'; Path = '/srv/x'
            SnapshotTime = $time; Manifest = $manifest; LastProof = $proof
        }
        $clusterPart = New-Thing LettaDr.ClusterPart @{
            Type = [LettaDr.BaseBackupType]::Incremental; ParentId = '20261122T110000Z-0a1b2c'; SnapshotTime = $time; Timeline = [uint32] 3
            StartLsn = [LettaDr.Lsn]::Parse('1A/2B000028'); EndLsn = [LettaDr.Lsn]::Parse('1A/2B000120'); SnapshotLsn = [LettaDr.Lsn]::Parse('1A/2B3C4D58')
            WalSegmentSize = 16777216; SystemIdentifier = '7711258286940155925'; Database = 'letta'; ServerVersion = '17.5'; Tables = 49; Rows = 522345L
            Bytes = 2899102924L; Image = 'pgvector/pgvector:pg17'; ImageDigest = "pgvector/pgvector@sha256:$('0f' * 32)"
        }
        $clusterManifest = New-Thing LettaDr.BackupManifest @{
            Format = 1; Id = $id; Deployment = 'letta-production-eu'; Label = 'hourly'; Writer = 'LettaDr 0.1.0'
            StartedAt = $time; CompletedAt = $time.AddSeconds(83); Cluster = $clusterPart; Files = [LettaDr.BackupFile[]] @($file); Seal = 'cd' * 32
        }
        $physical = New-Thing LettaDr.Backup @{
            Id = $id; Deployment = 'letta-production-eu'; State = [LettaDr.BackupState]::Complete; Repository = '/srv/letta-backups'
            Path = "/srv/letta-backups/letta-production-eu/sets/$id"; SnapshotTime = $time; Manifest = $clusterManifest
        }
        $item = New-Thing LettaDr.DrChecklistItem @{
            Deployment = 'letta-production-eu'; Phase = [LettaDr.DrChecklistPhase]::Pre; Number = 2; Text = 'Confirm disaster recovery site readiness'
            AnsweredBy = [string[]] @('SiteReady'); Outcome = [LettaDr.Outcome]::Failed; Evidence = 'The disk is full.'; Remedy = 'Mend that at the site.'
        }
        $entry = New-Thing LettaDr.DrChecklistEntry @{
            Sequence = 12; Deployment = 'letta-production-eu'; Incident = 'fire'; Phase = [LettaDr.DrChecklistPhase]::During; Number = 1
            Outcome = [LettaDr.Outcome]::Passed; By = 'ann@operations-1'; RecordedBy = 'bob@operations-2'; At = $time; Note = 'Everybody is here.'
        }
        $walRetention = New-Thing LettaDr.WalRetention @{
            Deployment = 'letta-production-eu'; SystemIdentifier = '7711258286940155925'; Segments = 3712; Doomed = 96; Size = 1503238553L
            KeepFrom = [LettaDr.Lsn]::Parse('1A/2B000028'); Reason = "needed by $id"; Removed = $true
        }
        $passed = New-Thing LettaDr.CheckResult @{
            Name = 'RestoredIdentical'; Target = $id; Outcome = [LettaDr.Outcome]::Passed; CheckedAt = $time; Duration = [timespan]::FromSeconds(71)
            Evidence = '49 of 49 tables identical, 522345 rows, 1120 objects, restored on pgvector/pgvector:pg17.'
        }
        $failed = New-Thing LettaDr.CheckResult @{
            Name = 'ServerAnswersRealQuery'; Target = 'letta-production-eu-letta_server-1'; Outcome = [LettaDr.Outcome]::Failed; CheckedAt = $time
            Evidence = 'GET http://172.18.0.4:8283/v1/agents/ answered 500.'; Remedy = 'Look at the server''s log.'; Duration = [timespan]::FromSeconds(1)
        }
        $kept = New-Thing LettaDr.RetentionDecision @{
            Backup = $proven; Reasons = [string[]] @('hourly 2026-11-22 12:00', 'daily 2026-11-22', 'weekly 2026-W47', 'monthly 2026-11', 'newest', 'last proven')
        }
        $gone = New-Thing LettaDr.RetentionDecision @{ Backup = $backup; Reasons = [string[]] @(); Removed = $true }
        $container = New-Thing LettaDr.DeploymentContainer @{
            Id = 'ef' * 32; Name = 'letta-production-eu-letta_db-1'; Service = 'letta_db'; Project = 'letta-production-eu'; Image = 'pgvector/pgvector:pg17'
            ImageDigest = "pgvector/pgvector@sha256:$('0f' * 32)"; State = 'running'; Address = '172.18.0.2'
            PublishedPorts = [System.Collections.Generic.Dictionary[int, int]]::new(); Volumes = [LettaDr.ContainerVolume[]] @()
        }
        $database = New-Thing LettaDr.DatabaseEndpoint @{
            Host = '172.18.0.2'; Port = 5432; Database = 'letta'; UserName = 'letta'; Password = $secret; Schema = 'letta'; Container = $container
        }
        $cache = New-Thing LettaDr.CacheEndpoint @{ Host = '172.18.0.3'; Port = 6379; Password = $secret; Container = $container }
        $server = New-Thing LettaDr.ServerEndpoint @{ BaseAddress = [uri] 'http://172.18.0.4:8283/'; Password = $secret; Container = $container }
        $fact = [LettaDr.DiscoveredFact]::new('Database.Password', '********', 'compose.yaml services.letta_server.environment.LETTA_PG_URI (default of ${LETTA_PG_URI:-…})')
        $deployment = New-Thing LettaDr.LettaDeployment @{
            Name = 'letta-production-eu'; Database = $database; Cache = $cache; Server = $server
            Containers = [LettaDr.DeploymentContainer[]] @($container); Facts = [LettaDr.DiscoveredFact[]] @($fact)
        }
        $sandbox = New-Thing LettaDr.LettaSandbox @{
            Name = 'lettadr-sandbox-a1b2c3'; Deployment = $deployment; CreatedAt = $time; Network = 'lettadr-sandbox-a1b2c3_default'
            Containers = [LettaDr.DeploymentContainer[]] @($container); Images = [string[]] @('pgvector/pgvector:pg17', 'redis:8')
        }
        $step = New-Thing LettaDr.JournalStep @{
            Name = 'Apply settings and collect statistics'; StartedAt = $time; Duration = [timespan]::FromSeconds(12.345); Outcome = [LettaDr.Outcome]::Passed
            Bytes = 2899102924L; Detail = '49 tables and 1120 objects compared, 0 differences'
        }
        $difference = [LettaDr.InventoryDifference]::new('rows', '"letta"."archival_passages"', '4000:0123456789abcdef0123456789abcdef', '3999:0123456789abcdef0123456789abcdee')
        $restored = New-Thing LettaDr.RestoreResult @{
            BackupId = $id; Deployment = 'letta-production-eu'; Database = 'letta'; PreviousDatabase = 'letta__before_20261122T121500Z-d4e5f6'; SnapshotTime = $time
            CompletedAt = $time.AddMinutes(17); Duration = [timespan]::FromSeconds(125.5); TablesIdentical = 49; Tables = 49; Rows = 522345L; Bytes = 2899102924L
            Objects = 1120; Stages = [LettaDr.JournalStep[]] @($step, $step, $step, $step, $step); Differences = [LettaDr.InventoryDifference[]] @()
        }
        $loss = New-Thing LettaDr.LossWindow @{
            From = $time; To = $time.AddMinutes(9); Commits = 1204
            Tables = [LettaDr.TableLoss[]] @([LettaDr.TableLoss]::new('messages', 812, 3, 0), [LettaDr.TableLoss]::new('agents', 1, 0, 52))
            Agents = [LettaDr.LostAgent[]] @([LettaDr.LostAgent]::new('agent-0c9e4a1e-5a0f-4c39-8d6e-3b8a2f1d7c55', 'research assistant', 'Deleted'))
            Newest = [string[]] @('message message-7d1c0b5e-93ab-4f14-8a70-2c1f7d1e9b06 of agent-0c9e4a1e at 2026-11-22 12:09:00.000Z')
        }
        $window = [LettaDr.RecoverableWindow]::new('7412345678901234567', $time.AddDays(-7), [LettaDr.Lsn]::Parse('0/1A2B3C4D'), $time.AddMinutes(9), [LettaDr.Lsn]::Parse('1/2B3C4D5E'), 1, $null)
        $recovered = New-Thing LettaDr.RecoveryResult @{
            BackupId = $id; Deployment = 'letta-production-eu'; Container = 'letta-production-eu-letta_db-1'; Target = [LettaDr.RecoveryTarget]::At($time)
            ReachedLsn = [LettaDr.Lsn]::Parse('0/1267'); ReachedTime = $time; Timeline = [uint32] 2; Loss = $loss; Window = $window; TablesIdentical = 49; Rows = 522345L; LogBytes = 2899102924L
            PreviousCluster = '/var/lib/postgresql/data/pgsql_tmp_lettadr_before_20261122T121500Z-d4e5f6 in container letta-production-eu-letta_db-1'
            CompletedAt = $time.AddMinutes(17); Duration = [timespan]::FromSeconds(125.5); Stages = [LettaDr.JournalStep[]] @($step, $step)
        }
        $restorePoint = New-Thing LettaDr.RestorePoint @{
            Name = 'before the upgrade to 0.16'; Deployment = 'letta-production-eu'; Lsn = [LettaDr.Lsn]::Parse('0/1267'); Time = $time; SystemIdentifier = '7412345678901234567'
        }
        $undone = New-Thing LettaDr.UndoResult @{
            Database = 'letta'; BackupId = $id; RestoredAt = $time; UndoneDatabase = 'letta__undone_20261122T123000Z-0a1b2c'
        }
        $cleared = New-Thing LettaDr.CacheClearing @{
            Deployment = 'letta-production-eu'; Cache = '172.18.0.3:6379'; Scope = 'Stale'; OthersUntouched = 12L; Duration = [timespan]::FromSeconds(1.25)
            Kinds = [LettaDr.CacheKindClearing[]] @([LettaDr.CacheKindClearing]::new('RunStream', 3, 7, 1))
        }
        $session = [LettaDr.DatabaseSession]::new(4711, 'letta', 'letta-production-eu-letta_server-2', '172.18.0.4/32')
        [LettaDr.DatabaseSession].GetProperty('State').SetValue($session, 'idle in transaction')
        [LettaDr.DatabaseSession].GetProperty('Since').SetValue($session, $time)
        $maintenance = New-Thing LettaDr.MaintenanceState @{
            Deployment = 'letta-production-eu'; Active = $true; Since = $time; Reason = 'The upgrade to 0.16, after the backup of the morning has been proven on the other machine'
            Database = '172.18.0.2:5432/letta'; DatabaseClosed = $true; SessionsEnded = 2; Duration = [timespan]::FromSeconds(3.25)
            Containers = [string[]] @('letta-production-eu-letta_server-1', 'letta-production-eu-letta_server-2')
            Sessions = [LettaDr.DatabaseSession[]] @($session, $session); Remaining = [string[]] @('Stop it yourself.')
        }
        $rebuilt = New-Thing LettaDr.VectorIndexRepair @{
            Deployment = 'letta-production-eu'; Index = 'letta.archival_passages_embedding_idx'; Table = 'letta.archival_passages'; Method = 'hnsw'
            Action = [LettaDr.VectorIndexAction]::Rebuilt; WasValid = $true; RecallBefore = [double] 0.4321; RecallAfter = [double] 0.98; Bytes = 123456789L
            Evidence = 'It was valid, recall 0.43; now it is valid, recall 0.98.'; Duration = [timespan]::FromSeconds(12)
        }
        $restoredCache = New-Thing LettaDr.CacheRestoreResult @{
            BackupId = $id; Deployment = 'letta-production-eu'; Cache = '172.18.0.3:6379'; SnapshotTime = $time; CompletedAt = $time.AddMinutes(17)
            Duration = [timespan]::FromSeconds(5.5); KeysInSet = 1250L; KeysRestored = 1200L; KeysExpired = 50L; Bytes = 1503238L; AppendOnly = $true
            PreviousFiles = '/data/.lettadr-before-20261122T121500Z-d4e5f6 in container letta-production-eu-redis-1'; Reconciled = $cleared
            Stages = [LettaDr.JournalStep[]] @($step, $step)
        }
        $restoredFile = New-Thing LettaDr.RestoredFile @{
            Path = 'settings/providers.env'; Target = '/srv/letta/settings/providers.env'; Purpose = 'env_file of letta_server'
            Action = [LettaDr.RestoredFileAction]::Replace; SetAside = '/srv/letta/settings/providers.env.before-20261122T121500Z-d4e5f6'
        }
        $configurationFile = New-Thing LettaDr.ConfigurationFile @{
            Path = '_containers/letta_server/home/letta/.letta/mcp_config.json'; OriginalPath = '/home/letta/.letta/mcp_config.json'; Container = 'letta_server'
            Purpose = '~/.letta of the server'; Mode = '600'; Size = 1234L; Protection = [LettaDr.FileProtection]::Encrypted
            StoredAs = 'configuration/files/x.p7m'; Secrets = [string[]] @('GITHUB_TOKEN')
        }
        $memory = New-Thing LettaDr.MemoryRepository @{
            Organization = 'org-00000000-0000-4000'; Agent = 'agent-0c9e4a1e-5a0f-4c39-8d6e-3b8a2f1d7c55'; Path = 'x'; OriginalPath = 'x'; StoredAs = 'x'
            Problem = 'git fsck finds it broken (missing tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904).'
        }
        $configured = New-Thing LettaDr.ConfigurationRestoreResult @{
            OperationId = '20261122T121500Z-d4e5f6'; BackupId = $id; Deployment = 'letta-production-eu'; Destination = '/srv/letta'
            Files = [LettaDr.RestoredFile[]] @($restoredFile); MemoryRepositories = [LettaDr.RestoredFile[]] @(); LoadedImages = [string[]] @('redis:8')
            EncryptionKey = $passed; StartedAt = $time; Duration = [timespan]::FromSeconds(2.5)
        }
        $planStep = [LettaDr.RestorePlanStep]::new([LettaDr.RestoreStepKind]::RestoreConfiguration, 'write 14 files to /srv/letta')
        $skippedStep = [LettaDr.RestorePlanStep]::new([LettaDr.RestoreStepKind]::RestoreCache, 'load the files of Redis in a throw-away Redis, then exchange them')
        $skippedStep.Skip = $true
        $plan = New-Thing LettaDr.RestorePlan @{
            Backup = $backup; Deployment = 'letta-production-eu'; Destination = '/srv/letta'
            Steps = [LettaDr.RestorePlanStep[]] @($planStep, $skippedStep); Obstacles = [string[]] @('Port 5432 is taken by the container other-db-1.')
        }
        $drPlan = New-Thing LettaDr.DrPlan @{
            Name = 'letta-production-eu'; Path = '/etc/lettadr/letta-dr.yaml'; Deployment = '/srv/letta/compose.yaml'; Repository = '/srv/letta-backups'
            Certificates = [string[]] @('/etc/lettadr/recovery.cer'); PassphraseFrom = 'env:LETTADR_PASSPHRASE'; Objectives = [LettaDr.RecoveryTargets]::new()
            Retention = [LettaDr.RetentionPolicy]::new(24, 7, 4, 6); Drills = [LettaDr.DrTestFrequencies]::new(); Runbooks = [LettaDr.RunbookReviews]::new()
            Sites = [LettaDr.DrSite[]] @(); Notifications = [LettaDr.DrNotification[]] @()
            Contacts = [LettaDr.DrContact[]] @(New-Thing LettaDr.DrContact @{ Name = 'Ada Example'; Role = 'incident commander' })
        }
        $recoveryTime = [LettaDr.RecoveryTime]::new('Database', [timespan]::FromHours(2), [timespan]::FromMinutes(131))
        $objective = New-Thing LettaDr.RecoveryObjective @{
            Deployment = 'letta-production-eu'; Component = [LettaDr.RecoveryComponent]::Configuration; Kind = [LettaDr.RecoveryObjectiveKind]::RPO
            Target = [timespan]::FromHours(1); Actual = [timespan]::FromMinutes(4563); WorstCase = [timespan]::FromDays(12); Outcome = [LettaDr.Outcome]::Failed
            Evidence = "No set holds what has changed, 2026-11-22 12:00:00Z or later: .env. The newest is $id of 2026-11-21 12:00:00Z."
            Remedy = 'Run Backup-LettaConfiguration after each change; Compare-LettaConfiguration shows them.'; MeasuredAt = $time
        }
        $unmeasured = New-Thing LettaDr.RecoveryObjective @{
            Deployment = 'letta-production-eu'; Component = [LettaDr.RecoveryComponent]::System; Kind = [LettaDr.RecoveryObjectiveKind]::RTO
            Target = [timespan]::FromHours(4); Outcome = [LettaDr.Outcome]::NotRun; Evidence = 'No journal tells of a restore or a drill of it.'
            Forecast = [timespan]::FromMinutes(123); ForecastBasis = '2.7 GiB then, 5.4 GiB now.'
        }
        $systemRestored = New-Thing LettaDr.SystemRestoreResult @{
            BackupId = $id; Deployment = 'letta-production-eu'; Destination = '/srv/letta'; SnapshotTime = $time; CompletedAt = $time.AddMinutes(140)
            Duration = [timespan]::FromMinutes(135); ResumedOperation = '20261122T121500Z-d4e5f6'; Database = $restored; ClearedKeys = $cleared
            Checks = [LettaDr.CheckResult[]] @($passed, $passed, $failed); RecoveryTimes = [LettaDr.RecoveryTime[]] @($recoveryTime)
            Agents = [LettaDr.AgentComparison]::new(52, [string[]] @('agent-1'), [string[]] @()); Stages = [LettaDr.JournalStep[]] @($step, $step)
        }
        $runbookStep = [LettaDr.RunbookStep]::new([LettaDr.RunbookStepKind]::StopWriters, 'stop the Letta server, refuse connections', 'Enter-LettaMaintenance')
        $runbook = New-Thing LettaDr.Runbook @{
            Name = [LettaDr.RunbookName]::DatabaseCorruption; Situation = 'The database''s files are damaged.'; Steps = [LettaDr.RunbookStep[]] @($runbookStep)
        }
        $damagedRelation = [LettaDr.DamagedRelation]::new('letta.archival_passages', $false, 'invalid page in block 7 of relation base/16384/16500')
        $assessment = New-Thing LettaDr.DamageAssessment @{
            Checks = [LettaDr.CheckResult[]] @($passed, $failed); Damaged = [LettaDr.DamagedRelation[]] @($damagedRelation)
        }
        $runbookStepResult = [LettaDr.RunbookStepResult]::new(
            [LettaDr.RunbookStepKind]::Assess, [LettaDr.Outcome]::Failed, 'Tables are damaged: letta.archival_passages.', [timespan]::FromSeconds(12.345), $assessment)
        $broughtBack = [LettaDr.BroughtBack]::new([string[]] @('letta_db', 'letta_server'), [LettaDr.CheckResult[]] @($passed), $null)
        $runbookResult = New-Thing LettaDr.RunbookResult @{
            Name = [LettaDr.RunbookName]::DatabaseCorruption; Deployment = 'letta-production-eu'; Verdict = [LettaDr.DamageVerdict]::TablesDamaged
            BackupId = $id; PreviousDatabase = 'letta__before_20261122T121500Z-d4e5f6'; DataLoss = [timespan]::FromMinutes(17); BroughtBack = $true
            Steps = [LettaDr.RunbookStepResult[]] @($runbookStepResult); Duration = [timespan]::FromSeconds(125.5)
        }
        $drift = New-Thing LettaDr.ConfigurationDifference @{
            Item = 'letta_server: OPENAI_API_KEY'; Kind = [LettaDr.ConfigurationItemKind]::Variable; State = [LettaDr.ConfigurationState]::Different
            Left = 'hmac:0123456789ab'; Right = 'hmac:ba9876543210'; LeftSource = 'the Compose files'; RightSource = 'container letta-production-eu-letta_server-1'
        }
        $drill = New-Thing LettaDr.DrTestResult @{
            Id = $id; Scenario = [LettaDr.DrTestScenario]::DatabaseFailover; Deployment = 'letta-production-eu'; Target = 'letta-drill-a1b2c3'; IsSandbox = $true
            BackupId = $id; StartedAt = $time; EndedAt = $time.AddSeconds(125.5); Outcome = [LettaDr.Outcome]::Passed; Machine = 'vm'; ProcessId = 4711
            Objectives = [string[]] @('The standby takes over.', 'What was acknowledged is there.'); PlantedFault = 'One row is removed.'; FaultCaught = $true
            Configuration = [System.Collections.Generic.Dictionary[string, string]]::new()
            Steps = [LettaDr.DrTestStep[]] @([LettaDr.DrTestStep]::new('Promote the standby', [LettaDr.Outcome]::Passed, $time, [timespan]::FromSeconds(1.25), 'Timeline 2.'))
            Measurements = [LettaDr.DrTestMeasurement[]] @([LettaDr.DrTestMeasurement]::new([LettaDr.RecoveryComponent]::Database, [LettaDr.RecoveryObjectiveKind]::RTO, [timespan]::FromSeconds(5), [timespan]::FromHours(2)))
            Issues = [LettaDr.DrTestIssue[]] @([LettaDr.DrTestIssue]::new('The slot was lost.', 'It was made anew.')); Recommendations = [string[]] @('Watch the slot.')
        }
        $drill.Configuration['PostgreSQL'] = '17.5'
        $due = New-Thing LettaDr.DrTestScheduleEntry @{
            Deployment = 'letta-production-eu'; Test = 'DatabaseFailover'; Every = [timespan]::FromDays(14); LastPassed = $time; LastOutcome = [LettaDr.Outcome]::Passed
            NextDue = $time.AddDays(14); IsOverdue = $true
        }
        $run = New-Thing LettaDr.DrJobRun @{
            Plan = 'letta-production'; Job = [LettaDr.DrJob]::DatabaseFailover; StartedAt = $time; EndedAt = $time.AddDays(1)
            Outcome = [LettaDr.Outcome]::Failed; Message = 'It had not ended after 1.00:00:00, and was stopped.'
        }
        $scheduled = New-Thing LettaDr.DrSchedule @{
            Plan = 'letta-production'; PlanPath = '/etc/letta-dr.yaml'; Job = [LettaDr.DrJob]::DatabaseFailover; Expression = '11 3 * * *'
            Scheduler = [LettaDr.DrScheduler]::Cron; File = '/etc/cron.d/x'; IsUnchanged = $true; Enabled = $true
            LastRun = $run; NextRun = $time.AddDays(2)
        }
        $idle = New-Thing LettaDr.DrSchedule @{
            Plan = 'letta-production'; PlanPath = '/etc/letta-dr.yaml'; Job = [LettaDr.DrJob]::Backup; Expression = '7 * * * *'
            Scheduler = [LettaDr.DrScheduler]::Cron; File = '/etc/cron.d/x'; IsUnchanged = $true; Enabled = $false
            Problem = 'No daemon of cron runs.'
        }
        $hole = [LettaDr.WalHole]::new([LettaDr.WalSegment]::new(1, 5, 16MB), [LettaDr.WalSegment]::new(1, 6, 16MB))
        $walArchive = New-Thing LettaDr.WalArchive @{
            Deployment = 'letta-production-eu'; Repository = '/srv/letta-backups'; Path = '/srv/letta-backups/letta-production-eu/wal/7711261860188536853'
            SystemIdentifier = '7711261860188536853'; State = [LettaDr.WalArchiveState]::Streaming; Slot = 'lettadr'; Timeline = [uint32] 1; Segments = 1234
            Size = 7000000000L; RecoverableAt = $time; RecoverableLsn = [LettaDr.Lsn]::Parse('1/A2B3C4D8'); Lag = [timespan]::FromSeconds(4.25); LagBytes = 16777216L
            Holes = [LettaDr.WalHole[]] @($hole); Warnings = [string[]] @(); LastEvents = [string[]] @(); HeartbeatInterval = [timespan]::FromSeconds(10)
        }
        """;

    public static Shell Shell()
    {
        var shell = new Shell();
        shell.Run(". { " + Script.Replace("PASSWORD", Password, StringComparison.Ordinal) + " }").Clean();
        return shell;
    }
}
