using System.Reflection;
using System.Runtime.InteropServices;

namespace Clientele.Engine;

/// <summary>The C interface of libchdb 26.5, as far as we use it.</summary>
internal static unsafe partial class Chdb
{
    private const string Library = "chdb";

    /// <summary>Loads the library from a path. Changes no signal handler; the first connection does.</summary>
    public static void Load(string path)
    {
        nint handle = NativeLibrary.Load(path);
        NativeLibrary.SetDllImportResolver(
            Assembly.GetExecutingAssembly(), (name, _, _) => name == Library ? handle : 0);
    }

    /// <summary>A pointer to the connection, or null. Arguments after the name are accepted and ignored by the engine.</summary>
    [LibraryImport(Library, EntryPoint = "chdb_connect")]
    public static partial nint* Connect(int count, byte** arguments);

    /// <summary>Blocks while a query of the connection runs.</summary>
    [LibraryImport(Library, EntryPoint = "chdb_close_conn")]
    public static partial void Close(nint* connection);

    /// <summary>Runs to the end and keeps the whole answer. Never null; destroy it always.</summary>
    [LibraryImport(Library, EntryPoint = "chdb_query_with_params_n")]
    public static partial nint Query(
        nint connection, byte* sql, nuint sqlLength, byte* format, nuint formatLength,
        byte** names, nuint* nameLengths, byte** values, nuint* valueLengths, nuint count);

    /// <summary>Starts a SELECT; nothing else may run on the connection until it is destroyed.</summary>
    [LibraryImport(Library, EntryPoint = "chdb_stream_query_with_params_n")]
    public static partial nint Stream(
        nint connection, byte* sql, nuint sqlLength, byte* format, nuint formatLength,
        byte** names, nuint* nameLengths, byte** values, nuint* valueLengths, nuint count);

    /// <summary>The next piece; one of length 0 is the end.</summary>
    [LibraryImport(Library, EntryPoint = "chdb_stream_fetch_result")]
    public static partial nint Fetch(nint connection, nint stream);

    [LibraryImport(Library, EntryPoint = "chdb_stream_cancel_query")]
    public static partial void CancelStream(nint connection, nint stream);

    /// <summary>Null, or the error's text. To be read first: after an error the other members are rubbish.</summary>
    [LibraryImport(Library, EntryPoint = "chdb_result_error")]
    public static partial byte* Error(nint result);

    [LibraryImport(Library, EntryPoint = "chdb_result_buffer")]
    public static partial byte* Buffer(nint result);

    [LibraryImport(Library, EntryPoint = "chdb_result_length")]
    public static partial nuint Length(nint result);

    [LibraryImport(Library, EntryPoint = "chdb_destroy_query_result")]
    public static partial void Destroy(nint result);
}
