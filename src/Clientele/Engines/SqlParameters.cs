using System.Collections;

namespace Clientele.Engines;

/// <summary>Values for the places <c>{name:Type}</c> of a statement.</summary>
public sealed class SqlParameters : IEnumerable<string>
{
    private readonly Dictionary<string, SqlValue> values = [];

    /// <summary>For <c>{name:String}</c>.</summary>
    public SqlParameters Add(string name, string value) => Set(name, SqlValue.Of(value));

    /// <summary>For <c>{name:Nullable(String)}</c>.</summary>
    public SqlParameters AddNullable(string name, string? value) => Set(name, value is null ? SqlValue.Null : SqlValue.Of(value));

    /// <summary>For <c>{name:Int64}</c> and the other integers.</summary>
    public SqlParameters Add(string name, long value) => Set(name, SqlValue.Of(value));

    /// <summary>For <c>{name:UInt64}</c>.</summary>
    public SqlParameters Add(string name, ulong value) => Set(name, SqlValue.Of(value));

    /// <summary>For <c>{name:UInt8}</c>.</summary>
    public SqlParameters Add(string name, bool value) => Set(name, SqlValue.Of(value ? 1L : 0L));

    /// <summary>For <c>{name:Float64}</c>.</summary>
    public SqlParameters Add(string name, double value) => Set(name, SqlValue.Of(value));

    /// <summary>For <c>{name:Decimal(18,4)}</c>; more digits than the type has are cut.</summary>
    public SqlParameters Add(string name, decimal value) => Set(name, SqlValue.Of(value));

    /// <summary>For <c>{name:Date}</c>: 1970-01-01 … 2105-12-31.</summary>
    public SqlParameters Add(string name, DateOnly value) => Set(name, SqlValue.Of(value));

    /// <summary>For <c>{name:DateTime}</c>: whole seconds, UTC, to 2105-12-31.</summary>
    public SqlParameters Add(string name, DateTime value) => Set(name, SqlValue.Of(value));

    /// <summary>For <c>{name:Array(String)}</c>.</summary>
    public SqlParameters Add(string name, IEnumerable<string> value) => Set(name, SqlValue.Of(value.Select(SqlValue.Of)));

    /// <summary>For <c>{name:Array(Int64)}</c> and the other integers.</summary>
    public SqlParameters Add(string name, IEnumerable<long> value) => Set(name, SqlValue.Of(value.Select(SqlValue.Of)));

    /// <summary>For <c>{name:Array(Float64)}</c>.</summary>
    public SqlParameters Add(string name, IEnumerable<double> value) => Set(name, SqlValue.Of(value.Select(SqlValue.Of)));

    /// <summary>For <c>{name:Identifier}</c>: a table or column.</summary>
    public SqlParameters Add(string name, Identifier value) => Set(name, SqlValue.Of(value));

    internal IReadOnlyDictionary<string, SqlValue> Values => values;

    IEnumerator<string> IEnumerable<string>.GetEnumerator() => values.Keys.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => values.Keys.GetEnumerator();

    private SqlParameters Set(string name, SqlValue value)
    {
        values.Add(name, value);
        return this;
    }
}
