using Clientele.Storage;
using Microsoft.Data.Sqlite;

namespace Clientele.Tests.Storage;

public sealed class MigrationsTests
{
    [Fact]
    public async Task Schedules_of_an_earlier_store_are_kept_and_train()
    {
        SQLitePCL.Batteries_V2.Init();
        await using var connection = new SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync();
        foreach (string name in Migrations.Names.TakeWhile(name => name != "009_schedule_modes"))
            await Execute(Migrations.Statements(name));
        await Execute("INSERT INTO schedules VALUES ('shop', 'nightly', '0 2 * * *', NULL, 30000, 'UTC', 'Last', 'Skip', 0, 7, NULL)");

        await Execute(Migrations.Statements("009_schedule_modes"));

        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT name || ' ' || mode || ' ' || cron || ' ' || settled || ' ' || planned_until FROM schedules";
        Assert.Equal("nightly train 0 2 * * * 30000 7", await command.ExecuteScalarAsync());

        async Task Execute(string sql)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = StoreDialect.Sqlite.Translate(sql);
            await command.ExecuteNonQueryAsync();
        }
    }
}
