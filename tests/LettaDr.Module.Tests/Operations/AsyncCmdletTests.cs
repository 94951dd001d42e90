using System.Management.Automation;

namespace LettaDr.Module.Tests;

using Tools = IReadOnlyDictionary<string, Delegate>;

/// <summary>The base of all long cmdlets: whatever becomes of the pipeline, nothing of the work goes on behind it.</summary>
public sealed class AsyncCmdletTests : IDisposable
{
    private readonly Shell _shell = new Shell().WithTestCmdlets();
    private volatile bool _ended;

    public static TheoryData<string> Deaths =>
    [
        "Invoke-TestWork $work | ForEach-Object { throw 'downstream' }",
        "foreach ($i in 1) { Invoke-TestWork $work | ForEach-Object { break } }",
        "Invoke-TestWork $work | Select-TestFirst",
        "try { Invoke-TestWork $work | ForEach-Object { throw 'caught' } } catch { 'caught' }",
        "$ErrorActionPreference = 'Stop'; Invoke-TestWork $work | ForEach-Object { Get-Item ./nothing }",
        "& { Invoke-TestWork $work -Verbose 4>&1 } | Select-TestFirst",
    ];

    public void Dispose() => _shell.Dispose();

    [Theory]
    [MemberData(nameof(Deaths))]
    public void Work_is_cancelled_and_has_ended_when_the_pipeline_dies_downstream(string script)
    {
        Run(
            script,
            async (tools, token) =>
            {
                WriteObject(tools, 1);
                await Task.Delay(Timeout.Infinite, token);
            });

        Assert.True(_ended, "the work had not ended when the pipeline returned");
    }

    [Theory]
    [MemberData(nameof(Deaths))]
    public void Work_that_is_slow_to_end_is_waited_for(string script)
    {
        Run(
            script,
            async (tools, token) =>
            {
                WriteObject(tools, 1);
                while (!token.IsCancellationRequested)
                {
                    await Task.Delay(5, CancellationToken.None);
                }

                Thread.Sleep(400);
                WriteObject(tools, "nobody listens");
            });

        Assert.True(_ended, "the work had not ended when the pipeline returned");
    }

    [Fact]
    public void Stopping_cancels_the_work_and_waits_for_it()
    {
        using var begun = new ManualResetEvent(initialState: false);
        SetWork(async (tools, token) =>
        {
            begun.Set();
            try
            {
                await Task.Delay(Timeout.Infinite, token);
            }
            finally
            {
                Thread.Sleep(300);
            }
        });

        var run = _shell.RunAndStop("Invoke-TestWork $work", begun);

        Assert.IsType<PipelineStoppedException>(run.Thrown);
        Assert.Empty(run.Errors);
        Assert.True(_ended, "the work had not ended when the pipeline returned");
    }

    [Fact]
    public void A_failure_that_is_a_consequence_of_stopping_is_no_error()
    {
        using var begun = new ManualResetEvent(initialState: false);
        SetWork(async (tools, token) =>
        {
            begun.Set();
            await Task.Delay(Timeout.Infinite, token).ContinueWith(_ => throw new IOException("connection torn"), TaskScheduler.Default);
        });

        var run = _shell.RunAndStop("Invoke-TestWork $work", begun);

        Assert.DoesNotContain("connection torn", run.Everything(), StringComparison.Ordinal);
    }

    [Fact]
    public void Stopping_while_a_question_is_open_ends_both()
    {
        using var asked = new ManualResetEvent(initialState: false);
        using var released = new ManualResetEvent(initialState: false);
        var answered = false;
        _shell.Screen.Answer = _ =>
        {
            asked.Set();
            released.WaitOne(TimeSpan.FromSeconds(2));
            throw new PipelineStoppedException();
        };
        SetWork(async (tools, token) =>
        {
            await ((Func<string, Task<bool>>)tools["Ask"])("erase");
            answered = true;
        });

        var run = _shell.RunAndStop("Invoke-TestWork $work", asked);

        Assert.NotNull(run.Thrown);
        Assert.False(answered);
        Assert.True(_ended);
    }

    [Fact]
    public void A_question_that_cannot_be_asked_is_an_error_and_not_a_yes()
    {
        var answered = false;

        var run = Run("Invoke-TestWork $work", async (tools, token) =>
        {
            await ((Func<string, Task<bool>>)tools["Ask"])("erase");
            answered = true;
        });

        Assert.Contains("cannot ask", Assert.Single(run.Errors).ToString(), StringComparison.Ordinal);
        Assert.False(answered);
        Assert.True(_ended);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(2, false)]
    public void The_work_has_the_answer_to_its_question(int choice, bool expected)
    {
        bool? answer = null;
        _shell.Screen.Answer = _ => choice;

        var run = Run("Invoke-TestWork $work", async (tools, token) => answer = await ((Func<string, Task<bool>>)tools["Ask"])("erase"));

        Assert.Equal(expected, answer);
        Assert.Equal("erase?", Assert.Single(run.Clean().Prompts).Message);
    }

    [Fact]
    public void WhatIf_answers_no_without_asking()
    {
        bool? answer = null;

        var run = Run("Invoke-TestWork $work -WhatIf", async (tools, token) => answer = await ((Func<string, Task<bool>>)tools["Ask"])("erase"));

        Assert.False(answer);
        Assert.Empty(run.Prompts);
        Assert.Contains("What if: erase", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_many_threads_write_arrives_whole_and_in_each_ones_order()
    {
        var run = Run("Invoke-TestWork $work", (tools, token) => Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(
            () =>
            {
                for (var i = 0; i < 200; i++)
                {
                    WriteObject(tools, (worker * 1_000) + i);
                }
            },
            token))));

        var numbers = run.Clean().Output.Select(item => (int)item.BaseObject).ToList();
        Assert.Equal(1_600, numbers.Count);
        Assert.All(numbers.GroupBy(number => number / 1_000), group => Assert.Equal(group.Order(), group));
    }

    [Fact]
    public void A_failure_ends_the_cmdlet_once_and_keeps_its_cause()
    {
        var run = Run("Invoke-TestWork $work", (tools, token) => throw new InvalidOperationException("broken inside"));

        var error = Assert.Single(run.Errors);
        Assert.Equal("UnexpectedInvalidOperationException,LettaDr.Module.Tests.InvokeTestWorkCommand", error.FullyQualifiedErrorId);
        Assert.Equal("broken inside", error.Exception.Message);
        Assert.IsType<InvalidOperationException>(error.Exception);
    }

    [Fact]
    public void A_failure_of_one_item_leaves_the_next_its_turn()
    {
        _shell.Run("$fault = [LettaDr.LettaDrException]::new('ThingMissing', 'NotFound', 'There is no thing.', 'Make one.')").Clean();
        var fault = (Exception)_shell.Run("$fault").Output[0].BaseObject;
        var turn = 0;

        var run = Run("1, 2, 3 | Invoke-TestWork $work", (tools, token) =>
        {
            if (++turn == 2)
            {
                ((Action<Exception>)tools["WriteFault"])(fault);
                return Task.CompletedTask;
            }

            WriteObject(tools, turn);
            return Task.CompletedTask;
        });

        Assert.Equal([1, 3], run.Output.Select(item => (int)item.BaseObject));
        var error = Assert.Single(run.Errors);
        Assert.Equal("ThingMissing,LettaDr.Module.Tests.InvokeTestWorkCommand", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.ObjectNotFound, error.CategoryInfo.Category);
        Assert.Equal("There is no thing. Make one.", error.ToString());
        Assert.Equal("Make one.", error.ErrorDetails.RecommendedAction);
        Assert.Equal("2", error.TargetObject.ToString());
    }

    [Fact]
    public void What_is_written_after_the_end_is_ignored()
    {
        Tools? kept = null;
        var run = Run("Invoke-TestWork $work; 'next'", (tools, token) =>
        {
            kept = tools;
            return Task.CompletedTask;
        });

        WriteObject(kept!, "too late");
        ((Action<string>)kept!["WriteVerbose"])("too late");

        Assert.Equal("next", Assert.Single(run.Clean().Output).BaseObject);
        Assert.Equal("again", _shell.Run("'again'").Value());
    }

    [Fact]
    public void The_cmdlet_is_disposed_of_when_its_pipeline_has_died()
    {
        var disposed = 0;
        _shell.With("disposed", new Action(() => disposed++));

        Run("Invoke-TestWork $work -Disposed $disposed | ForEach-Object { throw 'downstream' }", async (tools, token) =>
        {
            WriteObject(tools, 1);
            await Task.Delay(Timeout.Infinite, token);
        });

        Assert.Equal(1, disposed);
    }

    private static void WriteObject(Tools tools, object value) => ((Action<object?>)tools["WriteObject"])(value);

    private ShellRun Run(string script, Func<Tools, CancellationToken, Task> work)
    {
        SetWork(work);
        return _shell.Run(script);
    }

    private void SetWork(Func<Tools, CancellationToken, Task> work)
    {
        _ended = false;
        _shell.With("work", (Func<Tools, CancellationToken, Task>)(async (tools, token) =>
        {
            try
            {
                await work(tools, token);
            }
            finally
            {
                _ended = true;
            }
        }));
    }
}
