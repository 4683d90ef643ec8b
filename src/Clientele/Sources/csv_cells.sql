-- A text file, one row a line, divided at {delimiter}. Lines without a quote are simply split; the others must match {record} as a whole (else no cells)
-- and are divided by {cell} at byte 1, which a line must not hold. Rows passed over stay only if their quotes are wrong: the caller must know of them.
SELECT
    toInt64(_row_number) + 1 - {header_lines:UInt64} - {skip:UInt64} AS ordinal,
    _row_number + 1 AS line,
    if(endsWith(l, '\r'), trimRight(l, '\r'), l) AS raw,
    if(position(raw, '"') = 0, splitByChar({delimiter:String}, raw),
        if(position(raw, '\x01') > 0 OR NOT match(raw, {record:String}), emptyArrayString(),
            arrayMap(c -> if(startsWith(c, '"'), replaceAll(substring(c, 2, length(c) - 2), '""', '"'), c),
                arrayPopBack(splitByChar('\x01', replaceRegexpAll(concat(raw, {delimiter:String}), {cell:String}, '\\1\x01')))))) AS x
FROM file({path:String}, 'LineAsString', 'l String', {compression:String})
WHERE _row_number >= {header_lines:UInt64} AND notEmpty(raw) AND (NOT startsWith(raw, ' ') OR trimBoth(raw) != '') AND (ordinal > 0 OR empty(x))
