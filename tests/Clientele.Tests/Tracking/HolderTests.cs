using System.Diagnostics;
using Clientele.Tracking;

namespace Clientele.Tests.Tracking;

public sealed class HolderTests
{
    [Fact]
    public void A_process_that_was_killed_is_known_to_be_gone_and_a_living_one_is_not()
    {
        using var process = Process.Start("sleep", "60");
        var holder = Holder.Parse(Holder.Of(process.Id).ToString());
        Assert.False(holder.IsGone);

        process.Kill();
        process.WaitForExit();

        Assert.True(holder.IsGone);
        Assert.False(Holder.Current.IsGone);
    }

    [Fact]
    public void Another_process_with_the_number_of_one_that_ended_is_not_taken_for_it() =>
        Assert.True((Holder.Current with { Start = Holder.Current.Start - 1 }).IsGone);

    [Fact]
    public void Nothing_is_known_of_processes_elsewhere()
    {
        Assert.False((Holder.Current with { World = "another boot", Process = int.MaxValue }).IsGone);
        Assert.False((Holder.Current with { World = "", Process = int.MaxValue }).IsGone);
    }
}
