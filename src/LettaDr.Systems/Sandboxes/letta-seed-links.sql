-- What refers to messages and passages; runs in the session of letta-seed.sql, after their rows have come.

-- An agent's context: its system message, then its latest messages. Nothing but Letta's own code keeps this list right.
UPDATE agents SET message_ids = context.ids
  FROM (SELECT a.id, (SELECT json_agg(m.id ORDER BY m.sequence_id)
                        FROM ((SELECT id, sequence_id FROM messages WHERE agent_id = a.id ORDER BY sequence_id LIMIT 1)
                              UNION
                              (SELECT id, sequence_id FROM messages WHERE agent_id = a.id ORDER BY sequence_id DESC LIMIT 20)) AS m) AS ids
          FROM agents AS a) AS context
 WHERE context.id = agents.id AND context.ids IS NOT NULL;

INSERT INTO conversation_messages (id, conversation_id, agent_id, message_id, position, in_context, created_at, updated_at, organization_id)
SELECT replace(m.id, 'message-', 'conv_msg-'), c.id, c.agent_id, m.id, m.place - 1, m.place > 5, m.created_at, m.created_at, c.organization_id
  FROM conversations AS c,
       LATERAL (SELECT id, created_at, row_number() OVER (ORDER BY sequence_id) AS place
                  FROM (SELECT id, created_at, sequence_id FROM messages
                         WHERE agent_id = c.agent_id AND conversation_id = c.id ORDER BY sequence_id DESC LIMIT 40) AS latest) AS m;

UPDATE groups SET last_processed_message_id = agents.message_ids ->> 0
  FROM agents WHERE agents.id = groups.manager_agent_id;

INSERT INTO passage_tags (id, tag, passage_id, archive_id, created_at, updated_at, organization_id)
SELECT replace(p.id, 'passage-', 'passage_tag-') || '-' || place, tag, p.id, p.archive_id, p.created_at, p.updated_at, p.organization_id
  FROM archival_passages AS p, json_array_elements_text(p.tags) WITH ORDINALITY AS t (tag, place)
 WHERE p.tags IS NOT NULL;

SELECT setval('message_seq_id', greatest(1, (SELECT max(sequence_id) FROM messages)), EXISTS (SELECT FROM messages));
