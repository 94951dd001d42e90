using System.Globalization;
using Npgsql;

namespace LettaDr.Systems;

/// <summary>The rows of messages: ten to a turn, a turn to a run, the agents in rotation.</summary>
internal sealed class SeedMessages(LettaSeedSize size)
{
    private const string Tool = "archival_memory_search";

    private static readonly string[] Columns =
    [
        "id", "agent_id", "role", "text", "model", "name", "tool_calls", "tool_call_id", "created_at", "updated_at", "_created_by_id",
        "organization_id", "step_id", "otid", "tool_returns", "content", "sequence_id", "is_err", "run_id", "conversation_id",
    ];

    private readonly SeedProse _prose = new();
    private readonly SeedJson _json = new();
    private readonly SeedJson _inner = new();
    private SeedRandom _random;

    /// <summary>Copies the messages of the runs from <paramref name="first"/> to <paramref name="last"/>.</summary>
    internal async Task CopyAsync(NpgsqlConnection connection, int first, int last, Action<long> sent, CancellationToken cancellationToken)
    {
        await using var copy = await SeedCopyStream.BeginAsync(connection, "messages", Columns, sent, cancellationToken);
        for (var run = first; run <= last; run++)
        {
            // Each run begins its own sequence, so that the rows do not depend on how the runs are shared out.
            _random = new SeedRandom(((ulong)(uint)size.Seed << 32) | (uint)run);
            var turn = new SeedTurn(size, run);
            for (var place = 0; place < LettaSeedSize.MessagesPerRun && turn.FirstMessage + place <= size.Messages; place++)
            {
                WriteRow(copy, turn, place);
                await copy.EndRowAsync(cancellationToken);
            }
        }

        await copy.CompleteAsync(cancellationToken);
    }

    private void WriteRow(SeedCopyStream copy, SeedTurn turn, int place)
    {
        var number = turn.FirstMessage + place;
        var role = turn.Role(place);
        var call = turn.CallId(place);
        var at = turn.StartedAt.AddMicroseconds((place * 931_007) + _random.Below(900_000));

        copy.BeginRow();
        copy.Text(SeedIdentity.Id(size.Seed, "message", number));
        copy.Text(turn.Agent);
        copy.Text(role);
        copy.Null();
        copy.Text(role == "assistant" ? "model-1" : null);
        copy.Text(role == "tool" ? Tool : null);
        copy.Text(role == "assistant" && call is not null ? ToolCalls(call) : "[]");
        copy.Text(role == "tool" ? call : null);
        copy.Timestamp(at);
        copy.Timestamp(at.AddMicroseconds(_random.Below(5_000)));
        copy.Text(turn.Owner);
        copy.Text(turn.Organization);
        copy.Text(turn.Step(place));
        copy.Text(number % 3 == 0 ? null : SeedIdentity.Id(size.Seed, "otid", number));
        copy.Text(role == "tool" ? ToolReturns(call!) : "[]");
        copy.Text(Content(role, number, at));
        copy.Int64(number);
        if (role == "tool")
        {
            copy.Boolean(number % 40 == 0);
        }
        else
        {
            copy.Null();
        }

        copy.Text(turn.Run);
        copy.Text(turn.Conversation);
    }

    private ReadOnlySpan<char> Content(string role, long number, DateTime at)
    {
        var escape = number % 4 == 0;
        _json.Clear().Raw("[");
        if (role == "assistant" && number % 2 == 0)
        {
            _json.Raw("""{"type": "reasoning", "is_native": true, "reasoning": """)
                .String(_prose.Next(ref _random, 150 + _random.Below(250)), escape).Raw(""", "signature": null}, """);
        }

        _json.Raw("""{"type": "text", "text": """);
        if (role == "user")
        {
            // Letta packs what a user says as JSON into the JSON: each quotation mark is escaped twice.
            _inner.Clear().Raw("""{"type": "user_message", "message": """).String(_prose.Next(ref _random, 450 + _random.Below(600)), escape)
                .Raw(string.Create(CultureInfo.InvariantCulture, $", \"time\": \"{at:yyyy-MM-dd hh:mm:ss tt} UTC+0000\"}}"));
            _json.String(_inner.Written, escape);
        }
        else if (number % 50 == 0)
        {
            // JSON text may hold a NUL as an escape, although neither text nor jsonb can hold one.
            _json.String($"before\0after \u0001 {_prose.Next(ref _random, 900)}", escape);
        }
        else
        {
            _json.String(_prose.Next(ref _random, 400 + _random.Below(900)), escape);
        }

        return _json.Raw("}]").Written;
    }

    private ReadOnlySpan<char> ToolCalls(string call)
    {
        _inner.Clear().Raw("{\"query\": ").String(_prose.Next(ref _random, 40), escapeUnicode: false).Raw(", \"page\": null}");
        return _json.Clear()
            .Raw($$"""[{"id": "{{call}}", "type": "function", "function": {"name": "{{Tool}}", "arguments": """)
            .String(_inner.Written, escapeUnicode: false).Raw("}}]").Written;
    }

    private ReadOnlySpan<char> ToolReturns(string call) => _json.Clear()
        .Raw($$"""[{"tool_call_id": "{{call}}", "status": "success", "stderr": null, "func_response": """)
        .String(_prose.Next(ref _random, 120), escapeUnicode: true).Raw("}]").Written;
}
