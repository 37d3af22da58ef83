using System.Globalization;
using System.Text;
using Npgsql;

namespace Catalog.Api.Items;

/// <summary>Builds one SQL command. Values always become parameters.</summary>
public sealed class SqlText(string start)
{
    private readonly StringBuilder _text = new(start);
    private readonly List<NpgsqlParameter> _parameters = [];

    public SqlText Append(string text)
    {
        _text.Append(text);
        return this;
    }

    public SqlText Add<T>(T value)
    {
        _parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        _text.Append(CultureInfo.InvariantCulture, $"${_parameters.Count}");
        return this;
    }

    public NpgsqlBatchCommand ToBatchCommand()
    {
        var command = new NpgsqlBatchCommand(_text.ToString());
        command.Parameters.AddRange(_parameters.ToArray());
        return command;
    }
}
