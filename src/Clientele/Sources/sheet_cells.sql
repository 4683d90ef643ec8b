-- Rows of one workbook sheet after those passed over; only the mapped columns have been read.
SELECT number - {skip:Int64} AS ordinal, line, arrayStringConcat(cells, '\t') AS raw, cells AS x FROM {sheet:Identifier} WHERE number > {skip:Int64}
