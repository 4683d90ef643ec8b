-- Records that C# put together of several lines, divided as csv_cells.sql does.
SELECT
    ordinal,
    line,
    text AS raw,
    if(position(raw, '"') = 0, splitByChar({delimiter:String}, raw),
        if(position(raw, '\x01') > 0 OR NOT match(raw, {record:String}), emptyArrayString(),
            arrayMap(c -> if(startsWith(c, '"'), replaceAll(substring(c, 2, length(c) - 2), '""', '"'), c),
                arrayPopBack(splitByChar('\x01', replaceRegexpAll(concat(raw, {delimiter:String}), {cell:String}, '\\1\x01')))))) AS x
FROM records
