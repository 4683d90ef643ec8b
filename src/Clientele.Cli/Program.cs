using System.CommandLine;
using Clientele.Cli;

var root = new RootCommand("Turns raw orders into segments, named personas and the evidence for them.")
{
    InitCommand.Create(),
    ConfigCommand.Create(),
    RunCommand.Create(),
    PredictCommand.Create(),
    DataCommand.Create(),
    DemoCommand.Create(),
};
return await Edge.Run(root.Parse(args));
