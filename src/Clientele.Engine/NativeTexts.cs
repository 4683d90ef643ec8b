using System.Runtime.InteropServices;
using System.Text;

namespace Clientele.Engine;

/// <summary>Texts as UTF-8 outside the managed heap, for the time of one native call (which may take minutes, so nothing is pinned).</summary>
internal sealed unsafe class NativeTexts : IDisposable
{
    private readonly byte* bytes;

    public NativeTexts(IReadOnlyList<string> texts)
    {
        int total = texts.Sum(Encoding.UTF8.GetByteCount);
        nuint tables = (nuint)(texts.Count * (sizeof(byte*) + sizeof(nuint)));
        Pointers = (byte**)NativeMemory.Alloc(tables + (nuint)total + 1);
        Lengths = (nuint*)(Pointers + texts.Count);
        bytes = (byte*)(Lengths + texts.Count);
        byte* at = bytes;
        for (int i = 0; i < texts.Count; i++)
        {
            int length = Encoding.UTF8.GetBytes(texts[i], new Span<byte>(at, total - (int)(at - bytes)));
            Pointers[i] = at;
            Lengths[i] = (nuint)length;
            at += length;
        }
        *at = 0;
    }

    public byte** Pointers { get; }

    public nuint* Lengths { get; }

    public void Dispose() => NativeMemory.Free(Pointers);
}
