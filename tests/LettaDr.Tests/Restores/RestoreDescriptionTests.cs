namespace LettaDr.Tests;

public sealed class RestoreDescriptionTests
{
    private static readonly RestoreCase Case = new();

    [Fact]
    public void The_plan_tells_each_step_and_what_becomes_of_the_live_database()
    {
        var plan = RestoreDescription.Plan(Case.Request, Case.Inventory, Case.Target).Split(Environment.NewLine);

        Assert.Equal(8, plan.Length);
        Assert.StartsWith($"Restore {Case.Request.Backup.Id} (2026-11-22 12:00:00Z, 2 tables, 22345 rows, 1.0 GiB) as letta on 172.17.0.2:5432:", plan[0], StringComparison.Ordinal);
        Assert.Equal(["1", "2", "3", "4", "5", "6", "7"], plan.Skip(1).Select(line => line.TrimStart()[..1]));
        Assert.Contains("rename letta aside", plan[6], StringComparison.Ordinal);
        Assert.Contains("keep the database that was live, for Undo-LettaRestore", plan[7], StringComparison.Ordinal);
    }

    [Fact]
    public void The_plan_says_what_is_dropped_ended_and_given_away()
    {
        var session = new DatabaseSession(1, "letta", "psql", null);
        var plan = RestoreDescription.Plan(
            Case.Request with { DiscardPrevious = true, Owner = "prod", DisconnectSessions = true }, Case.Inventory,
            Case.Target with { Existing = Case.Target.Existing! with { Sessions = [session, session] } });

        Assert.Contains("owned by prod", plan, StringComparison.Ordinal);
        Assert.Contains("ending 2 session(s)", plan, StringComparison.Ordinal);
        Assert.Contains("7. drop the database that was live", plan, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_there_is_no_live_database_none_is_spoken_of()
    {
        var target = Case.Target with { Existing = null };

        Assert.Contains("which does not exist now", RestoreDescription.Plan(Case.Request, Case.Inventory, target), StringComparison.Ordinal);
        Assert.DoesNotContain("  7. ", RestoreDescription.Plan(Case.Request, Case.Inventory, target), StringComparison.Ordinal);
        Assert.StartsWith("There is no database letta now", RestoreDescription.Question(Case.Request, target), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.5, "30 seconds")]
    [InlineData(45, "45 minutes")]
    [InlineData(180, "3 hours")]
    [InlineData(10_080, "7 days")]
    public void The_question_states_the_loss(double minutes, string age)
    {
        var taken = DateTimeOffset.UtcNow.AddMinutes(-minutes);
        var question = RestoreDescription.Question(Case.Request with { Backup = Case.Request.Backup with { SnapshotTime = taken } }, Case.Target);

        Assert.Contains($"what was written in the {age} since is no longer live, but is kept aside.", question, StringComparison.Ordinal);
        Assert.EndsWith($"Restore {Case.Request.Backup.Id}?", question, StringComparison.Ordinal);
        Assert.Contains($"{taken:u}", question, StringComparison.Ordinal);
    }

    [Fact]
    public void The_question_says_when_the_old_state_is_dropped() => Assert.Contains(
        "is no longer live, and is dropped.", RestoreDescription.Question(Case.Request with { DiscardPrevious = true }, Case.Target), StringComparison.Ordinal);

    [Fact]
    public void Nothing_shows_the_password()
    {
        Assert.DoesNotContain("hush-hush", RestoreDescription.Plan(Case.Request, Case.Inventory, Case.Target), StringComparison.Ordinal);
        Assert.DoesNotContain("hush-hush", RestoreDescription.Question(Case.Request, Case.Target), StringComparison.Ordinal);
        Assert.DoesNotContain("hush-hush", Case.Request.ToString(), StringComparison.Ordinal);
    }
}
