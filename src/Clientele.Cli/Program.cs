using System.CommandLine;
using System.CommandLine.Help;
using Clientele.Cli;

// A plain command rather than a RootCommand, which would be named after the assembly.
var root = new Command("clientele", "Turns raw orders into segments, named personas and the evidence for them.\nExit codes: 0 done, 1 failed, 2 wrong use.")
{
    new HelpOption { Recursive = true },
    new VersionOption(),
    InitCommand.Create(),
    ConfigCommand.Create(),
    RunCommand.Create(),
    PredictCommand.Create(),
    ServeCommand.Create(),
    LifetimeCommand.Create(),
    RunsCommand.Create(),
    ModelsCommand.Create(),
    ExperimentsCommand.Create(),
    KeysCommand.Create(),
    ScheduleCommand.Create(),
    AlertsCommand.Create(),
    DataCommand.Create(),
    DemoCommand.Create(),
};
return await Edge.Run(root.Parse(args is [] ? ["--help"] : args));
