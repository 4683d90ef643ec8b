using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Clientele.Features;
using Clientele.Learning;
using Clientele.Lifetime;
using Clientele.Server.Customers;
using Clientele.Server.Json;
using Clientele.Server.Models;

namespace Clientele.Server.Predictions;

/// <summary>Whom a request asks about, as far as one version answers.</summary>
/// <param name="Customers">n.</param>
/// <param name="Rows">n × the model's features.</param>
internal sealed record AskedCustomers(ServedModel Model, IReadOnlyList<AskedCustomer> Customers, Matrix Rows)
{
    /// <summary>n; null: not valued. Of known customers, what the model's run said. Null: nobody is valued.</summary>
    public IReadOnlyList<ValueAnswer?>? Values()
    {
        bool any = false;
        for (int i = 0; i < Customers.Count && !any; i++)
            any = Customers[i].Past is not null || Customers[i].Known?.Value is not null;
        if (!any)
            return null;
        var values = Model.ValueOf([.. Customers.Select(customer => customer.Past)]);
        return [.. Customers.Zip(values, (customer, value) => customer.Known?.Value is { } known ? ValueAnswer.Of(known) : value)];
    }
}

/// <summary>
/// Reads whom a request asks about: <c>{"id": …, "features": {…}, "lifetime": {…}}</c>, <c>{"id": …, "orders": […], "as_of": …}</c> or <c>{"customer": …}</c>;
/// or <c>{"customers": [those]}</c>.
/// </summary>
/// <param name="first">Who answers the first, or the only, customer.</param>
internal sealed class CustomersReader(ServedModel first)
{
    private readonly FieldProblems problems = new();
    private ServedModel model = first;

    public AskedCustomers One(in ReadOnlySequence<byte> body)
    {
        var json = Begin(body);
        double[] row = new double[model.Features.Names.Count];
        var asked = Customer(ref json, row, () => "");
        End(ref json);
        return new(model, [asked], new Matrix(1, row.Length, row));
    }

    /// <param name="answers">Who answers a customer, by its place in the request from 0.</param>
    public AskedMany Many(in ReadOnlySequence<byte> body, Func<int, ServedModel> answers)
    {
        var json = Begin(body);
        var asked = new AskedMany();
        bool found = false;
        if (json.TokenType != JsonTokenType.StartObject)
        {
            problems.Add("", "This must be an object with the array 'customers'.");
            json.Skip();
        }
        else
        {
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                bool known = json.ValueTextEquals("customers"u8);
                string? name = known ? null : json.GetString();
                json.Read();
                found |= known;
                if (!known)
                    problems.Add($"/{name}", "There is no such field. Valid: customers.");
                else if (json.TokenType != JsonTokenType.StartArray)
                    problems.Add("/customers", "This must be an array.");
                else
                {
                    while (json.Read() && json.TokenType != JsonTokenType.EndArray)
                    {
                        int at = asked.Count;
                        model = answers(at);
                        asked.Add(Customer(ref json, asked.NextRow(model), () => $"/customers/{at}"));
                    }
                    continue;
                }
                json.Skip();
            }
            if (!found)
                problems.Add("/customers", "This field is missing.");
        }
        End(ref json);
        return asked;
    }

    private AskedCustomer Customer(ref Utf8JsonReader json, Span<double> row, Func<string> pointer)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            problems.Add(pointer(), "This must be an object with 'features', 'orders' or 'customer'.");
            json.Skip();
            return default;
        }
        string? id = null, customer = null;
        List<OrderLine>? orders = null;
        DateOnly? asOf = null;
        double[]? lifetime = null;
        bool described = false;
        int ways = 0;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            if (json.ValueTextEquals("features"u8))
            {
                ways++;
                described = true;
                json.Read();
                model.Features.Read(ref json, row, problems, () => $"{pointer()}/features");
            }
            else if (json.ValueTextEquals("lifetime"u8))
            {
                json.Read();
                lifetime = Lifetime(ref json, () => $"{pointer()}/lifetime");
            }
            else if (json.ValueTextEquals("id"u8))
                id = Text(ref json, () => $"{pointer()}/id");
            else if (json.ValueTextEquals("customer"u8))
            {
                ways++;
                customer = Text(ref json, () => $"{pointer()}/customer");
            }
            else if (json.ValueTextEquals("orders"u8))
            {
                ways++;
                json.Read();
                orders = OrderLines.Read(ref json, problems, $"{pointer()}/orders");
            }
            else if (json.ValueTextEquals("as_of"u8))
                asOf = Day(ref json, () => $"{pointer()}/as_of");
            else
            {
                problems.Add($"{pointer()}/{json.GetString()}", "There is no such field. Valid: id, features, lifetime, orders, as_of, customer.");
                json.Read();
                json.Skip();
            }
        if (ways != 1)
            problems.Add(pointer(), "Exactly one of 'features', 'orders' and 'customer' must stand here.");
        else if (lifetime is not null && !described)
            problems.Add($"{pointer()}/lifetime", "This may stand beside 'features' only; of orders and of known customers it is known.");
        else if (orders is not null && problems.None)
            return new(id, null, AskedCustomer.FromOrders(model, id, orders, asOf, row, problems, $"{pointer()}/orders"));
        else if (customer is not null)
            return Known(customer, row, pointer);
        else if (lifetime is not null && problems.None)
            return new(id, null, CustomerPast.Of(id ?? "", model.Valuation!.Cutoff, lifetime, (field, wrong) => problems.Add($"{pointer()}/lifetime/{CustomerPast.Named[field].Name}", wrong)));
        return new(id, null, null);
    }

    private double[] Lifetime(ref Utf8JsonReader json, Func<string> pointer)
    {
        double[] numbers = new double[CustomerPast.Named.Count];
        if (model.Valuation is { } valuation)
            valuation.Fields.Read(ref json, numbers, problems, pointer);
        else
        {
            problems.Add(pointer(), "This model values nobody: its run had no 'lifetime' settings, or its source no money.");
            json.Skip();
        }
        return numbers;
    }

    private AskedCustomer Known(string customer, Span<double> row, Func<string> pointer)
    {
        var known = model.Customers.Find(customer);
        if (known is null)
            problems.Add($"{pointer()}/customer", "The model's run did not assign such a customer. Send orders or features instead.");
        else
            AskedCustomer.FromRun(model, known, row);
        return new(customer, known, null);
    }

    private string? Text(ref Utf8JsonReader json, Func<string> pointer)
    {
        json.Read();
        if (json.TokenType is JsonTokenType.String)
            return json.GetString();
        problems.Add(pointer(), "This must be a text.");
        json.Skip();
        return null;
    }

    private DateOnly? Day(ref Utf8JsonReader json, Func<string> pointer)
    {
        json.Read();
        if (json.TokenType is JsonTokenType.String && DateOnly.TryParseExact(json.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1970 and <= 2105)
            return day;
        problems.Add(pointer(), "This must be a day such as 2011-12-31.");
        json.Skip();
        return null;
    }

    private static Utf8JsonReader Begin(in ReadOnlySequence<byte> body)
    {
        var json = new Utf8JsonReader(body);
        json.Read();
        return json;
    }

    // Whatever follows the document is wrong, and the reader says so.
    private void End(ref Utf8JsonReader json)
    {
        json.Read();
        problems.Refuse();
    }
}
