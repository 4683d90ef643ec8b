using System.Buffers;
using System.Text.Json;
using Clientele.Problems;
using Clientele.Server.Models;
using Clientele.Server.Predictions;
using Clientele.Sources;

namespace Clientele.Server.Batches;

/// <summary>Rows that are objects as a request for one prediction has them: with <c>features</c>, <c>orders</c> or <c>customer</c>.</summary>
internal sealed class JsonRows(ServedModel model) : RowForm
{
    public override void Read(RecordBlock block, AskedRows into)
    {
        foreach (var record in block.Records)
            if (record.IsTooLong)
                into.SetAside(record, block.Bytes, RowFault.None);
            else
                Read(block, record, into);
    }

    private void Read(RecordBlock block, in Record record, AskedRows into)
    {
        try
        {
            var asked = new CustomersReader(model).One(new ReadOnlySequence<byte>(block.Bytes, record.Start, record.Length));
            asked.Rows.Row(0).CopyTo(into.Next());
            into.Customers.Add(new(record, null, asked.Customers[0].Id, asked.Customers[0].Known, asked.Customers[0].Past));
        }
        catch (RequestException wrong)
        {
            into.SetAside(record, block.Bytes, "row/fields", wrong.Fields.Count == 0 ? wrong.Problem.ToString() : string.Join(" ", wrong.Fields.Select(field => field.Pointer.Length > 0 ? $"{field.Pointer}: {field.Detail}" : field.Detail)));
        }
        catch (ProblemException wrong)
        {
            into.SetAside(record, block.Bytes, wrong.Problem.Kind, wrong.Problem.ToString());
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException { Source: ErrorEdge.NotUnicode })
        {
            into.SetAside(record, block.Bytes, "row/json", "The row is no JSON object in UTF-8.");
        }
    }
}
