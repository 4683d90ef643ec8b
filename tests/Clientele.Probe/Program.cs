using Clientele.Probe;

return args switch
{
    ["parent"] => await Parent.Run(),
    ["start"] => await Start.Run(),
    ["faults", var library, var folder] => Faults.Run(library, folder),
    _ => 2,
};
