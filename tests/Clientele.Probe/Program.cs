using Clientele.Probe;

return args switch
{
    ["parent"] => await Parent.Run(),
    ["start"] => await Start.Run(),
    ["schedule", var store, var leases, var due, var work] => await ScheduleLeader.Run(store, leases, due, work),
    ["faults", var library, var folder] => Faults.Run(library, folder),
    _ => 2,
};
