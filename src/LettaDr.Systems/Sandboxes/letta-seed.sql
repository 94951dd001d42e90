-- Everything but the rows of messages and passages, and what refers to those. Every value follows from lettadr.seed
-- and the counts, times included, so that the same size seeds the same rows in any database.
CREATE FUNCTION pg_temp.num(name text) RETURNS bigint STABLE LANGUAGE sql AS
    $$ SELECT current_setting('lettadr.' || name)::bigint $$;
CREATE FUNCTION pg_temp.id(kind text, n bigint) RETURNS text STABLE LANGUAGE sql AS
    $$ SELECT kind || '-' || overlay(overlay(
           md5(current_setting('lettadr.seed') || ':' || kind || ':' || n) PLACING '4' FROM 13) PLACING '8' FROM 17)::uuid $$;
CREATE FUNCTION pg_temp.dice(kind text, n bigint, sides int) RETURNS int STABLE LANGUAGE sql AS
    $$ SELECT ((hashtextextended(kind || ':' || n, pg_temp.num('seed')) & 1073741823) % sides)::int $$;
CREATE FUNCTION pg_temp.at(n bigint) RETURNS timestamptz STABLE LANGUAGE sql AS
    $$ SELECT timestamptz '2026-01-01 06:00:00+00' + n * interval '97.000361 seconds' $$;
CREATE FUNCTION pg_temp.org(n bigint) RETURNS text STABLE LANGUAGE sql AS
    $$ SELECT CASE WHEN n % 10 = 0 THEN pg_temp.id('org', 2) ELSE 'org-00000000-0000-4000-8000-000000000000' END $$;
CREATE FUNCTION pg_temp.owner(n bigint) RETURNS text STABLE LANGUAGE sql AS
    $$ SELECT CASE WHEN n % 10 = 0 THEN pg_temp.id('user', 2) ELSE 'user-00000000-0000-4000-8000-000000000000' END $$;
CREATE FUNCTION pg_temp.prose(kind text, n bigint, words int) RETURNS text STABLE LANGUAGE sql AS
    $$ SELECT string_agg((string_to_array(
           'the agent remembers what a user said about travel, budgets and "quoted" names; naïve café plans in Zürich, '
           || '東京 or Київ 🚀 cost €40 — see C:\temp\notes.txt or ask again tomorrow before the deadline of project Ω', ' '))
           [1 + pg_temp.dice(kind || w, n, 38)], ' ' ORDER BY w) FROM generate_series(1, words) AS w $$;
-- Letta keeps base64 of salt, nonce, ciphertext and tag; nothing can be read out of these.
CREATE FUNCTION pg_temp.sealed(kind text, n bigint) RETURNS text STABLE LANGUAGE sql AS
    $$ SELECT translate(encode(sha256(pg_temp.id(kind, n)::bytea) || sha256(pg_temp.id(kind, -n)::bytea), 'base64'), E'\n', '') $$;

INSERT INTO organizations (id, name, created_at, updated_at, privileged_tools)
SELECT CASE n WHEN 1 THEN 'org-00000000-0000-4000-8000-000000000000' ELSE pg_temp.id('org', n) END,
       (ARRAY['default_org', 'Größenwahn & Söhne GmbH', '株式会社テスト'])[n], pg_temp.at(0), pg_temp.at(n), n = 1
  FROM generate_series(1, 3) AS n;

INSERT INTO users (id, name, created_at, updated_at, organization_id)
SELECT CASE n WHEN 1 THEN 'user-00000000-0000-4000-8000-000000000000' ELSE pg_temp.id('user', n) END,
       (ARRAY['default_user', 'Zoë O''Brien', 'Łukasz "Luke" Żak', '山田太郎', 'ops\robot', 'Ana 🌻'])[n], pg_temp.at(0), pg_temp.at(n),
       CASE WHEN n = 1 OR n > 2 THEN 'org-00000000-0000-4000-8000-000000000000' ELSE pg_temp.id('org', 2) END
  FROM generate_series(1, 6) AS n;

INSERT INTO providers (id, name, provider_type, provider_category, base_url, region, api_version, api_key_enc, access_key_enc,
                       last_synced, created_at, updated_at, organization_id)
SELECT pg_temp.id('provider', n), (ARRAY['openai', 'anthropic', 'ollama', 'bedrock-eu'])[n], (ARRAY['openai', 'anthropic', 'ollama', 'bedrock'])[n],
       CASE WHEN n < 4 THEN 'base' ELSE 'byok' END, CASE n WHEN 3 THEN 'http://ollama:11434' END, CASE n WHEN 4 THEN 'eu-central-1' END, NULL,
       CASE WHEN n <> 3 THEN pg_temp.sealed('api_key', n) END, CASE n WHEN 4 THEN pg_temp.sealed('access_key', n) END,
       pg_temp.at(n), pg_temp.at(0), pg_temp.at(n), CASE WHEN n < 4 THEN NULL ELSE 'org-00000000-0000-4000-8000-000000000000' END
  FROM generate_series(1, 4) AS n;

INSERT INTO provider_models (id, handle, display_name, name, provider_id, organization_id, model_type, enabled, model_endpoint_type,
                             max_context_window, supports_token_streaming, supports_tool_calling, embedding_dim, created_at, updated_at)
SELECT pg_temp.id('model', p * 10 + m), format('%s/model-%s', name, m), format('Model %s of %s', m, name), format('model-%s', m), id,
       organization_id, CASE m WHEN 3 THEN 'embedding' ELSE 'llm' END, m <> 2, provider_type, CASE WHEN m < 3 THEN 128000 END, m < 3, m < 3,
       CASE m WHEN 3 THEN 1536 END, pg_temp.at(p), pg_temp.at(p * 10 + m)
  FROM (SELECT row_number() OVER (ORDER BY name) AS p, * FROM providers) AS provider, generate_series(1, 3) AS m;

INSERT INTO tools (id, name, description, source_type, source_code, json_schema, tags, tool_type, return_char_limit, metadata_,
                   pip_requirements, default_requires_approval, created_at, updated_at, _created_by_id, organization_id)
SELECT pg_temp.id('tool', n), format('tool_%s', (n - 1) % 24 + 1), pg_temp.prose('tool', n, 12), 'python',
       format(E'def tool_%s(query: str) -> str:\n    """Says \\"%s\\" back.\n\n    \\\\n is not a line."""\n    return query[::-1]\n', n, n),
       json_build_object('name', format('tool_%s', n), 'parameters', json_build_object('type', 'object', 'required', json_build_array('query'))),
       json_build_array('sandbox', format('set-%s', n % 3)), CASE WHEN n % 24 < 8 THEN 'letta_core' ELSE 'custom' END, 50000,
       CASE WHEN n % 3 = 0 THEN '{"note": "nul \u0000 and bell \u0007"}'::json END, CASE WHEN n % 5 = 0 THEN '[{"name": "httpx", "version": null}]'::json END,
       n % 7 = 0, pg_temp.at(n), pg_temp.at(n + 5), CASE WHEN n > 24 THEN pg_temp.id('user', 2) END,
       CASE WHEN n > 24 THEN pg_temp.id('org', 2) ELSE 'org-00000000-0000-4000-8000-000000000000' END
  FROM generate_series(1, 32) AS n;

INSERT INTO prompts (id, prompt, created_at, updated_at, project_id)
SELECT pg_temp.id('prompt', n), pg_temp.prose('prompt', n, 120), pg_temp.at(n), pg_temp.at(n), NULL FROM generate_series(1, 3) AS n;

INSERT INTO agents (id, name, description, message_ids, system, agent_type, llm_config, embedding_config, metadata_, tool_rules,
                    message_buffer_autoclear, enable_sleeptime, response_format, last_run_completion, last_run_duration_ms, timezone,
                    max_files_open, per_file_view_window_char_limit, hidden, last_stop_reason, created_at, updated_at,
                    _created_by_id, _last_updated_by_id, organization_id)
SELECT pg_temp.id('agent', n), format('%s %s', (ARRAY['Überblick', 'scout', '案内係', 'Support 🛟', 'O''Hara', 'back\slash'])[1 + n % 6], n),
       CASE WHEN n % 4 > 0 THEN pg_temp.prose('agent', n, 15) END, '[]', pg_temp.prose('system', n, 200), 'letta_v1_agent',
       '{"model": "model-1", "model_endpoint_type": "openai", "context_window": 128000, "temperature": 0.7, "handle": "openai/model-1"}',
       '{"embedding_model": "model-3", "embedding_endpoint_type": "openai", "embedding_dim": 1536, "embedding_chunk_size": 300}',
       CASE WHEN n % 3 = 0 THEN json_build_object('owner', format('team "%s"', n % 7)) END,
       '[{"type": "exit_loop", "tool_name": "tool_1", "prompt_template": null}]', n % 11 = 0, n % 5 = 0, NULL,
       CASE WHEN n % 2 = 0 THEN pg_temp.at(n + 100) END, CASE WHEN n % 2 = 0 THEN 1000 + pg_temp.dice('duration', n, 90000) END,
       (ARRAY['UTC', 'Europe/Berlin', 'Asia/Tokyo'])[1 + n % 3], 5, 15000, CASE WHEN n % 10 = 3 THEN true END,
       CASE WHEN n % 2 = 0 THEN 'end_turn' END, pg_temp.at(n), pg_temp.at(n * 2), pg_temp.owner(n), pg_temp.owner(n), pg_temp.org(n)
  FROM generate_series(1, pg_temp.num('agents')) AS n;

INSERT INTO agents_tags (agent_id, tag)
SELECT pg_temp.id('agent', n), tag
  FROM generate_series(1, pg_temp.num('agents')) AS n, unnest(ARRAY[format('team:%s', n % 7), CASE WHEN n % 2 = 0 THEN 'größe:klein' ELSE 'git-memory-enabled' END]) AS tag;

INSERT INTO agent_environment_variables (id, key, value, description, value_enc, created_at, updated_at, organization_id, agent_id)
SELECT pg_temp.id('agent-env', n), 'SERVICE_TOKEN', '', CASE WHEN n % 2 = 0 THEN 'for its tools' END, pg_temp.sealed('agent-env', n),
       pg_temp.at(n), pg_temp.at(n), pg_temp.org(n), pg_temp.id('agent', n)
  FROM generate_series(1, pg_temp.num('agents')) AS n;

INSERT INTO tools_agents (agent_id, tool_id)
SELECT pg_temp.id('agent', n), pg_temp.id('tool', tool)
  FROM generate_series(1, pg_temp.num('agents')) AS n,
       unnest(CASE WHEN n % 10 = 0 THEN ARRAY[25, 26, 27, 28] ELSE ARRAY[1, 2, 3, 4, 5, 6 + n % 19] END) AS tool;

-- Blocks 2n-1 and 2n are agent n's own; the last eight are shared.
INSERT INTO block (id, value, "limit", label, metadata_, description, is_template, version, read_only, preserve_on_migration, hidden,
                   created_at, updated_at, _created_by_id, organization_id)
SELECT pg_temp.id('block', n), CASE WHEN n % 9 = 0 THEN '' ELSE pg_temp.prose('block', n, 60) END, 20000,
       CASE WHEN n > 2 * pg_temp.num('agents') THEN 'project' WHEN n % 2 = 1 THEN 'persona' ELSE 'human' END,
       CASE WHEN n % 4 = 0 THEN '{"nul": "\u0000", "pair": "\ud83d\ude80"}'::json END, CASE WHEN n % 3 = 0 THEN 'What it "knows".' END,
       n % 20 = 0, 1 + n % 3, n % 13 = 0, CASE WHEN n % 2 = 0 THEN false END, NULL, pg_temp.at(n), pg_temp.at(n + 50), pg_temp.owner((n + 1) / 2),
       CASE WHEN n > 2 * pg_temp.num('agents') THEN pg_temp.org(1) ELSE pg_temp.org((n + 1) / 2) END
  FROM generate_series(1, 2 * pg_temp.num('agents') + 8) AS n;

INSERT INTO block_history (id, description, label, value, "limit", metadata_, actor_type, actor_id, block_id, sequence_number,
                           created_at, updated_at, organization_id)
SELECT pg_temp.id('block_hist', n * 10 + edit), b.description, b.label, pg_temp.prose('history' || edit, n, 50), b."limit", b.metadata_,
       CASE WHEN edit = 1 THEN 'user' ELSE 'agent' END, CASE WHEN edit = 1 THEN b._created_by_id END, b.id, edit,
       pg_temp.at(n * 3 + edit), pg_temp.at(n * 3 + edit), b.organization_id
  FROM generate_series(1, 2 * pg_temp.num('agents') + 8) AS n
  JOIN block AS b ON b.id = pg_temp.id('block', n), generate_series(1, b.version) AS edit;

UPDATE block SET current_history_entry_id = h.id
  FROM block_history AS h WHERE h.block_id = block.id AND h.sequence_number = block.version AND block.version > 1;

INSERT INTO blocks_agents (agent_id, block_id, block_label)
SELECT pg_temp.id('agent', n), b.id, b.label
  FROM generate_series(1, pg_temp.num('agents')) AS n, unnest(ARRAY[2 * n - 1, 2 * n, 2 * pg_temp.num('agents') + 1 + n % 8]) AS m
  JOIN block AS b ON b.id = pg_temp.id('block', m);

INSERT INTO blocks_tags (block_id, tag, created_at, updated_at, organization_id)
SELECT pg_temp.id('block', n), format('tag-%s', n % 5), pg_temp.at(n), pg_temp.at(n), pg_temp.org((n + 1) / 2)
  FROM generate_series(1, 2 * pg_temp.num('agents'), 3) AS n;

INSERT INTO conversations (id, agent_id, summary, model, model_settings, last_message_at, created_at, updated_at, organization_id)
SELECT pg_temp.id('conv', n), pg_temp.id('agent', (n + 1) / 2), CASE WHEN n % 3 > 0 THEN pg_temp.prose('conv', n, 10) END, NULL,
       CASE WHEN n % 4 = 0 THEN '{"temperature": 0.2}'::json END, pg_temp.at(n * 5), pg_temp.at(n), pg_temp.at(n * 5), pg_temp.org((n + 1) / 2)
  FROM generate_series(1, 2 * pg_temp.num('agents')) AS n;

INSERT INTO blocks_conversations (conversation_id, block_id, block_label)
SELECT pg_temp.id('conv', 2 * n), pg_temp.id('block', 2 * n), 'human' FROM generate_series(1, pg_temp.num('agents')) AS n;

-- Run n is turn n of the messages: the agents take turns, each going round its default conversation and its own two.
INSERT INTO runs (id, status, completed_at, stop_reason, background, metadata_, request_config, agent_id, ttft_ns, total_duration_ns,
                  created_at, updated_at, _created_by_id, organization_id, conversation_id)
SELECT pg_temp.id('run', n), CASE WHEN n % 200 = 0 THEN 'failed' WHEN n > pg_temp.num('runs') - 2 THEN 'running' ELSE 'completed' END,
       CASE WHEN n <= pg_temp.num('runs') - 2 THEN (pg_temp.at(n) + interval '9.5 seconds') AT TIME ZONE 'UTC' END,
       CASE WHEN n % 200 = 0 THEN 'error' WHEN n <= pg_temp.num('runs') - 2 THEN 'end_turn' END, n % 4 = 0,
       CASE WHEN n % 10 = 0 THEN '{"client": "cli"}'::json END, '{"use_assistant_message": true}', pg_temp.id('agent', a),
       pg_temp.dice('ttft', n, 900000000), 2000000000 + pg_temp.dice('total', n, 900000000)::bigint * 9,
       pg_temp.at(n), pg_temp.at(n), pg_temp.owner(a), pg_temp.org(a), CASE WHEN lap > 0 THEN pg_temp.id('conv', 2 * a - 2 + lap) END
  FROM (SELECT n, 1 + (n - 1) % pg_temp.num('agents') AS a, (n - 1) / pg_temp.num('agents') % 3 AS lap
          FROM generate_series(1, pg_temp.num('runs')) AS n) AS turn;

INSERT INTO run_metrics (id, run_start_ns, run_ns, num_steps, agent_id, tools_used, created_at, updated_at, organization_id)
SELECT id, extract(epoch FROM created_at)::bigint * 1000000000, total_duration_ns, 2, agent_id, '["tool_1"]', created_at, updated_at, organization_id FROM runs;

INSERT INTO steps (id, origin, organization_id, provider_id, provider_name, provider_category, model, model_handle, model_endpoint,
                   context_window_limit, prompt_tokens, completion_tokens, total_tokens, completion_tokens_details, prompt_tokens_details,
                   cached_input_tokens, tags, agent_id, run_id, stop_reason, error_type, error_data, status, trace_id, feedback,
                   created_at, updated_at)
SELECT pg_temp.id('step', n), 'sandbox', r.organization_id, pg_temp.id('provider', 1 + n % 3), (ARRAY['openai', 'anthropic', 'ollama'])[1 + n % 3],
       'base', 'model-1', 'openai/model-1', NULL, 128000, 900 + spent, spent, 900 + 2 * spent,
       CASE WHEN n % 2 = 0 THEN '{"reasoning_tokens": 64}'::json END, NULL, CASE WHEN n % 2 = 0 THEN 512 END, '[]', r.agent_id, r.id,
       r.stop_reason, CASE WHEN r.status = 'failed' THEN 'LLMTimeout' END, CASE WHEN r.status = 'failed' THEN '{"message": "no \"answer\"\u0000"}'::json END,
       (CASE r.status WHEN 'failed' THEN 'FAILED' WHEN 'running' THEN 'PENDING' ELSE 'SUCCESS' END)::stepstatus,
       md5('trace' || n), CASE WHEN n % 100 = 0 THEN 'positive' END, r.created_at + interval '1 second', r.created_at + interval '3 seconds'
  FROM (SELECT n, pg_temp.dice('spent', n, 700) AS spent FROM generate_series(1, 2 * pg_temp.num('runs')) AS n) AS s
  JOIN runs AS r ON r.id = pg_temp.id('run', (n + 1) / 2);

INSERT INTO step_metrics (id, organization_id, provider_id, llm_request_ns, tool_execution_ns, step_ns, agent_id, step_start_ns, run_id, created_at, updated_at)
SELECT id, organization_id, provider_id, total_tokens * 1000000::bigint, 5000000, total_tokens * 1000000::bigint + 5000000, agent_id,
       extract(epoch FROM created_at)::bigint * 1000000000, run_id, created_at, updated_at FROM steps;

INSERT INTO provider_traces (id, request_json, response_json, step_id, agent_id, run_id, call_type, user_id, agent_tags, created_at, updated_at, organization_id)
SELECT pg_temp.id('provider_trace', n), json_build_object('model', s.model, 'messages', json_build_array(pg_temp.prose('request', n, 150))),
       '{"choices": [{"finish_reason": "stop", "text": "nul \u0000, pair \ud83c\udf0d, quote \" and \\ "}]}', s.id, s.agent_id, s.run_id,
       'agent_step', pg_temp.owner(1), '["team:1"]', s.created_at, s.updated_at, s.organization_id
  FROM generate_series(1, least(200, 2 * pg_temp.num('runs'))) AS n JOIN steps AS s ON s.id = pg_temp.id('step', n);

INSERT INTO provider_trace_metadata (id, step_id, agent_id, run_id, call_type, agent_tags, created_at, updated_at, organization_id)
SELECT id, step_id, agent_id, run_id, call_type, agent_tags, created_at, updated_at, organization_id FROM provider_traces;

INSERT INTO jobs (id, user_id, status, completed_at, metadata_, job_type, background, stop_reason, created_at, updated_at, organization_id)
SELECT pg_temp.id('job', n), pg_temp.owner(n), CASE WHEN n % 9 = 0 THEN 'running' ELSE 'completed' END,
       CASE WHEN n % 9 > 0 THEN pg_temp.at(n + 1) AT TIME ZONE 'UTC' END, json_build_object('n', n), CASE WHEN n < 3 THEN 'batch' ELSE 'job' END,
       n % 2 = 0, CASE WHEN n % 9 > 0 THEN 'end_turn' END, pg_temp.at(n), pg_temp.at(n + 1), pg_temp.org(n)
  FROM generate_series(1, greatest(2, pg_temp.num('agents'))) AS n;

INSERT INTO llm_batch_job (id, status, llm_provider, create_batch_response, latest_polling_response, last_polled_at, letta_batch_job_id,
                           created_at, updated_at, organization_id)
SELECT pg_temp.id('batch_req', n), CASE n WHEN 1 THEN 'completed' ELSE 'running' END, 'anthropic', '{"id": "batch", "counts": {"processing": 4}}',
       CASE n WHEN 1 THEN '{"id": "batch", "counts": {"succeeded": 4}}'::json END, CASE n WHEN 1 THEN pg_temp.at(9) END, pg_temp.id('job', n),
       pg_temp.at(n), pg_temp.at(n), pg_temp.org(n) FROM generate_series(1, 2) AS n;

INSERT INTO llm_batch_items (id, llm_config, request_status, step_status, step_state, batch_request_result, agent_id, llm_batch_id,
                             created_at, updated_at, organization_id)
SELECT pg_temp.id('batch_item', n), '{"model": "model-2"}', 'created', 'paused', '{"step_number": 1, "tool_rules_solver": null}', NULL,
       pg_temp.id('agent', 1 + n % pg_temp.num('agents')), pg_temp.id('batch_req', 1 + n % 2), pg_temp.at(n), pg_temp.at(n), pg_temp.org(1)
  FROM generate_series(1, 8) AS n;

INSERT INTO sources (id, name, embedding_config, description, metadata_, instructions, vector_db_provider, created_at, updated_at, organization_id)
SELECT pg_temp.id('source', n), format('Handbuch №%s', n), '{"embedding_model": "model-3", "embedding_dim": 1536}', pg_temp.prose('source', n, 12),
       CASE WHEN n % 2 = 0 THEN '{"origin": "upload"}'::json END, NULL, 'NATIVE', pg_temp.at(n), pg_temp.at(n), pg_temp.org(1)
  FROM generate_series(1, pg_temp.num('sources')) AS n;

INSERT INTO sources_agents (agent_id, source_id)
SELECT pg_temp.id('agent', n), pg_temp.id('source', 1 + n % pg_temp.num('sources')) FROM generate_series(1, pg_temp.num('agents')) AS n;

INSERT INTO files (id, source_id, file_name, original_file_name, file_path, file_type, file_size, file_creation_date, processing_status,
                   error_message, total_chunks, chunks_embedded, created_at, updated_at, organization_id)
SELECT pg_temp.id('file', n), pg_temp.id('source', 1 + n % pg_temp.num('sources')), format('handbook-%s.md', n), format('Handbuch %s (Kopie).md', n), NULL,
       'text/markdown', 4000 + pg_temp.dice('file', n, 90000), '2025-12-31', CASE WHEN n % 12 = 0 THEN 'error' ELSE 'completed' END,
       CASE WHEN n % 12 = 0 THEN 'cannot parse "page 7"' END, 20, CASE WHEN n % 12 = 0 THEN 11 ELSE 20 END, pg_temp.at(n), pg_temp.at(n + 1), pg_temp.org(1)
  FROM generate_series(1, pg_temp.num('files')) AS n;

INSERT INTO file_contents (id, file_id, text, created_at, updated_at)
SELECT pg_temp.id('file_content', n), pg_temp.id('file', n), pg_temp.prose('content', n, 600), pg_temp.at(n), pg_temp.at(n)
  FROM generate_series(1, pg_temp.num('files')) AS n;

INSERT INTO files_agents (id, file_id, agent_id, source_id, file_name, is_open, visible_content, start_line, end_line, last_accessed_at,
                          created_at, updated_at, organization_id)
SELECT pg_temp.id('file_agent', n), f.id, pg_temp.id('agent', 1 + n % pg_temp.num('agents')), f.source_id, f.file_name, n % 2 = 0,
       CASE WHEN n % 2 = 0 THEN pg_temp.prose('visible', n, 80) END, CASE WHEN n % 2 = 0 THEN 1 END, CASE WHEN n % 2 = 0 THEN 40 END,
       pg_temp.at(n + 2), pg_temp.at(n), pg_temp.at(n + 2), f.organization_id
  FROM generate_series(1, pg_temp.num('files')) AS n JOIN files AS f ON f.id = pg_temp.id('file', n);

INSERT INTO archives (id, name, description, metadata_, vector_db_provider, embedding_config, created_at, updated_at, organization_id)
SELECT pg_temp.id('archive', n), format('archive of agent %s', n), NULL, CASE WHEN n % 2 = 0 THEN '{}'::json END, 'NATIVE',
       '{"embedding_model": "model-3", "embedding_dim": 1536}', pg_temp.at(n), pg_temp.at(n), pg_temp.org(n)
  FROM generate_series(1, pg_temp.num('agents')) AS n;

INSERT INTO archives_agents (agent_id, archive_id, is_owner, created_at)
SELECT pg_temp.id('agent', n), pg_temp.id('archive', n), true, pg_temp.at(n) FROM generate_series(1, pg_temp.num('agents')) AS n;

INSERT INTO identities (id, identifier_key, name, identity_type, properties, created_at, updated_at, organization_id)
SELECT pg_temp.id('identity', n), format('customer:%s', n), (ARRAY['Åsa', 'Иван', 'د. سارة', 'O''Neil'])[1 + n % 4], 'user',
       CASE WHEN n % 2 = 0 THEN json_build_array(json_build_object('key', 'plan', 'value', 'pro', 'type', 'string')) ELSE '[]'::json END,
       pg_temp.at(n), pg_temp.at(n), pg_temp.org(1)
  FROM generate_series(1, 12) AS n;

INSERT INTO identities_agents (identity_id, agent_id)
SELECT DISTINCT pg_temp.id('identity', n), pg_temp.id('agent', 1 + n % pg_temp.num('agents')) FROM generate_series(1, 12) AS n;

INSERT INTO identities_blocks (identity_id, block_id) SELECT pg_temp.id('identity', n), pg_temp.id('block', 2 * pg_temp.num('agents') + 1 + n % 8) FROM generate_series(1, 12) AS n;

INSERT INTO groups (id, description, manager_type, manager_agent_id, max_turns, agent_ids, sleeptime_agent_frequency, turns_counter,
                    created_at, updated_at, organization_id)
SELECT pg_temp.id('group', n), pg_temp.prose('group', n, 8), (ARRAY['round_robin', 'supervisor', 'sleeptime'])[n],
       CASE WHEN n > 1 THEN pg_temp.id('agent', n) END, 8, (SELECT json_agg(pg_temp.id('agent', m)) FROM generate_series(n, least(n + 3, pg_temp.num('agents'))) AS m),
       CASE n WHEN 3 THEN 5 END, CASE n WHEN 3 THEN 17 END, pg_temp.at(n), pg_temp.at(n), pg_temp.org(1)
  FROM generate_series(1, least(3, pg_temp.num('agents'))) AS n;

INSERT INTO groups_agents (group_id, agent_id)
SELECT g.id, member FROM groups AS g, json_array_elements_text(g.agent_ids) AS member;

INSERT INTO groups_blocks (group_id, block_id)
SELECT pg_temp.id('group', n), pg_temp.id('block', 2 * pg_temp.num('agents') + n) FROM generate_series(1, least(3, pg_temp.num('agents'))) AS n;

INSERT INTO mcp_server (id, server_name, server_type, server_url, stdio_config, metadata_, custom_headers, token_enc, custom_headers_enc,
                        created_at, updated_at, organization_id)
SELECT pg_temp.id('mcp_server', n), (ARRAY['issues', 'Dateien'])[n], (ARRAY['streamable_http', 'stdio'])[n],
       CASE n WHEN 1 THEN 'https://mcp.example.org/' END, CASE n WHEN 2 THEN '{"command": "files", "args": ["--root", "C:\\data"]}'::json END,
       NULL, NULL, CASE n WHEN 1 THEN pg_temp.sealed('mcp', 1) END, CASE n WHEN 1 THEN pg_temp.sealed('headers', 1) END,
       pg_temp.at(n), pg_temp.at(n), pg_temp.org(1)
  FROM generate_series(1, 2) AS n;

INSERT INTO mcp_tools (id, mcp_server_id, tool_id, created_at, updated_at, organization_id)
SELECT pg_temp.id('mcp_tool', n), pg_temp.id('mcp_server', 1 + n % 2), pg_temp.id('tool', 20 + n), pg_temp.at(n), pg_temp.at(n), pg_temp.org(1)
  FROM generate_series(1, 4) AS n;

INSERT INTO mcp_oauth (id, state, server_id, server_url, server_name, token_type, scope, redirect_uri, status, expires_at, access_token_enc,
                       refresh_token_enc, client_secret_enc, created_at, updated_at, user_id, organization_id)
SELECT pg_temp.id('mcp_oauth', n), md5('state' || n), CASE n WHEN 1 THEN pg_temp.id('mcp_server', 1) END, 'https://mcp.example.org/', 'issues', 'Bearer',
       'read write', 'https://letta.example.org/callback', CASE n WHEN 1 THEN 'authorized' ELSE 'pending' END, CASE n WHEN 1 THEN pg_temp.at(5000) END,
       CASE n WHEN 1 THEN pg_temp.sealed('access', 1) END, CASE n WHEN 1 THEN pg_temp.sealed('refresh', 1) END, CASE n WHEN 1 THEN pg_temp.sealed('client', 1) END,
       pg_temp.at(n), pg_temp.at(n), pg_temp.owner(1), pg_temp.org(1)
  FROM generate_series(1, 2) AS n;

INSERT INTO sandbox_configs (id, type, config, created_at, updated_at, organization_id)
SELECT pg_temp.id('sandbox', n), (ARRAY['LOCAL', 'E2B'])[n]::sandboxtype, '{"timeout": 180, "pip_requirements": []}', pg_temp.at(n), pg_temp.at(n), pg_temp.org(1)
  FROM generate_series(1, 2) AS n;

INSERT INTO sandbox_environment_variables (id, key, value, description, value_enc, created_at, updated_at, organization_id, sandbox_config_id)
SELECT pg_temp.id('sandbox-env', n), format('KEY_%s', n), '', NULL, pg_temp.sealed('sandbox-env', n), pg_temp.at(n), pg_temp.at(n), pg_temp.org(1),
       pg_temp.id('sandbox', 1 + n % 2) FROM generate_series(1, 3) AS n;
