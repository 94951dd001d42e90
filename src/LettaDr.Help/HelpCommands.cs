namespace LettaDr.Help;

/// <summary>What the tool can be asked to do. Each answers with the number of errors that it told.</summary>
internal sealed class HelpCommands(TextWriter output, TextWriter error)
{
    /// <summary>Writes the help files; nothing is written while a page has an error.</summary>
    public int Build(string sourceFolder, string outputFolder)
    {
        List<PageErrors> told = [];
        List<MarkdownPage> pages = [.. HelpFolder.PageFiles(sourceFolder).Select(file => Track(told, file, ReadWhole))];
        List<AboutTopic> topics =
            [.. HelpFolder.TopicFiles(sourceFolder).Select(file => Track(told, file, AboutTopicReader.Read))];
        if (Tell(told) is var count and > 0)
        {
            return count;
        }

        Directory.CreateDirectory(outputFolder);
        foreach (var file in pages.GroupBy(page => page.FrontMatter.HelpFile))
        {
            Write(Path.Combine(outputFolder, file.Key), MamlWriter.Write(file));
        }

        foreach (var topic in topics)
        {
            Write(Path.Combine(outputFolder, topic.Name + ".help.txt"), AboutTopicWriter.Write(topic));
        }

        return 0;
    }

    /// <summary>Makes a page for each cmdlet that has none.</summary>
    public int New(string modulePath, string docsFolder)
    {
        using var module = HostedModule.Load(modulePath);
        Directory.CreateDirectory(docsFolder);
        foreach (var command in module.Commands)
        {
            var file = PageFile(docsFolder, command);
            if (!File.Exists(file))
            {
                Write(file, PageText.NewPage(command));
            }
        }

        return 0;
    }

    /// <summary>
    /// Brings the pages that are there up to their cmdlets; one whose layout is broken is left as it is.
    /// </summary>
    public int Update(string modulePath, string docsFolder)
    {
        List<PageErrors> told = [];
        var pages = HelpFolder.PageFiles(docsFolder);
        using var module = HostedModule.Load(modulePath);
        foreach (var command in module.Commands)
        {
            var file = PageFile(docsFolder, command);
            if (!pages.Contains(file))
            {
                continue;
            }

            var errors = new PageErrors(file);
            var page = MarkdownPageReader.Read(MarkdownSource.Read(file), errors);
            if (errors.Has(PageErrorKind.Layout))
            {
                told.Add(errors);
                continue;
            }

            foreach (var gone in page.Parameters.Where(section => command.Parameter(section.Name) is null))
            {
                output.WriteLine($"{file}: removed -{gone.Name}, which the cmdlet no longer has");
            }

            Write(file, PageUpdater.Update(page, command));
        }

        return Tell(told);
    }

    /// <summary>Tells all that keeps the pages from being whole and true.</summary>
    public int Check(string modulePath, string docsFolder)
    {
        List<PageErrors> told = [];
        var pages = HelpFolder.PageFiles(docsFolder);
        using var module = HostedModule.Load(modulePath);
        foreach (var command in module.Commands)
        {
            var file = PageFile(docsFolder, command);
            if (pages.Contains(file))
            {
                Track(told, file, (source, errors) => CheckPage(source, command, module, errors));
            }
            else
            {
                var missing = new PageErrors(file);
                missing.Unwritten(1, $"{command.Name} has no page; \"LettaDr.Help new\" makes one");
                told.Add(missing);
            }
        }

        foreach (var file in pages.Where(file => module.Commands.All(command => PageFile(docsFolder, command) != file)))
        {
            var extra = new PageErrors(file);
            extra.Layout(1, $"the module {module.Name} has no such cmdlet");
            told.Add(extra);
        }

        foreach (var file in HelpFolder.TopicFiles(docsFolder))
        {
            Track(told, file, (source, errors) =>
            {
                LinkChecker.Check(source, errors);
                return AboutTopicReader.Read(source, errors);
            });
        }

        return Tell(told);
    }

    private static MarkdownPage ReadWhole(MarkdownSource source, PageErrors errors)
    {
        var page = MarkdownPageReader.Read(source, errors);
        PageConsistency.Check(page, errors);
        return page;
    }

    private static MarkdownPage CheckPage(
        MarkdownSource source, CommandDescription command, HostedModule module, PageErrors errors)
    {
        var page = MarkdownPageReader.Read(source, errors);
        if (!errors.Has(PageErrorKind.Layout))
        {
            PageChecker.Check(page, command, errors);
            LinkChecker.Check(source, errors);
            ExampleChecker.Check(page, command, module, errors);
        }

        return page;
    }

    private static T Track<T>(List<PageErrors> told, string file, Func<MarkdownSource, PageErrors, T> read)
    {
        var errors = new PageErrors(file);
        told.Add(errors);
        return read(MarkdownSource.Read(file), errors);
    }

    private static string PageFile(string folder, CommandDescription command) =>
        Path.Combine(folder, command.Name + ".md");

    private int Tell(List<PageErrors> told)
    {
        foreach (var problem in told.SelectMany(errors => errors))
        {
            error.WriteLine(problem);
        }

        return told.Sum(errors => errors.Count);
    }

    private void Write(string path, string text)
    {
        if (HelpFolder.Write(path, text))
        {
            output.WriteLine($"{path}: written");
        }
    }
}
