-- Types and checks rows of text cells, whatever file they come from: CSV, Parquet and workbook pass through here alike.
-- Cells (below, put in from csv_cells.sql, record_cells.sql or the columns of a Parquet file) are: ordinal (1 for the first data row read),
-- line (where it stands in the file), raw, x (cells; none if the quotes are wrong). A column that the source lacks is a place past the last cell,
-- where an array answers ''. Faults are numbered as in RowFault; the first that applies counts. Embedded engine only.
INSERT INTO lines
SELECT
    {base:UInt64} + ordinal AS row,
    if({invoice:UInt32} = {nowhere:UInt32}, concat(customer_text, ' ', toString(toDate(moment))), invoice_text) AS invoice,
    toUInt8({prefix:String} != '' AND startsWith(invoice, {prefix:String})) AS cancelled,
    x[{product:UInt32}] AS product,
    x[{description:UInt32}] AS description,
    if(flaw = 0, units, 0) AS quantity,
    moment AS ordered_at,
    if(flaw = 0, if({total:UInt8} = 1, abs(money), money), toDecimal64(0, 4)) AS price,
    CAST(if(flaw = 0, if({total:UInt8} = 1, toInt64(1), units), toInt64(0)) * if(flaw = 0, money, toDecimal64(0, 4)) AS Decimal(18, 4)) AS amount,
    customer_text AS customer,
    x[{country:UInt32}] AS country,
    toUInt8(flaw) AS fault,
    {part:UInt32} AS part,
    line,
    if(flaw = 0, '', raw) AS raw
FROM
(
    SELECT
        ordinal, line, raw, x, invoice_text, customer_text, ifNull(units_read, 0) AS units, money,
        ifNull(moment_read, toDateTime(0, 'UTC')) AS moment,
        multiIf(
            empty(x), 1,
            length(x) < {columns:UInt32}, 2,
            length(x) > {columns:UInt32}, 3,
            NOT isValidUTF8(raw), 4,
            {invoice:UInt32} != {nowhere:UInt32} AND invoice_text = '', 5,
            date_text = '', 6,
            moment_read IS NULL OR date_shape < '1970' OR date_shape >= '2106', 7,
            {quantity:UInt32} != {nowhere:UInt32} AND quantity_text = '', 8,
            units_read IS NULL, 9,
            {money:UInt32} != {nowhere:UInt32} AND money_text = '', 10,
            NOT money_well_formed, 11,
            length(quantity_text) + length(money_text) > 12 AND abs(toFloat64(units) * toFloat64(money)) >= 1e14, 12,
            0) AS flaw
    FROM
    (
        SELECT
            ordinal, line, raw, x, invoice_text, customer_text, date_text, quantity_text, money_text, date_shape,
            parseDateTimeOrNull(date_shape, '%Y-%m-%d %H:%i:%S', 'UTC') AS moment_read,
            if({quantity:UInt32} = {nowhere:UInt32}, toInt64({constant:Int64}),
                if(position(quantity_text, '.') = 0, if(length(quantity_text) <= 12, toInt64OrNull(quantity_text), NULL),
                    if(match(quantity_text, '^[+-]?[0-9]{1,12}[.]0*$'), toInt64OrNull(splitByChar('.', quantity_text)[1]), NULL))) AS units_read,
            {money:UInt32} = {nowhere:UInt32} OR match(money_text, '^[+-]?[0-9]{1,14}([.][0-9]{1,4})?$') AS money_short,
            NOT money_short AND match(money_text, '^[+-]?([0-9]{1,14}[.][0-9]*|[.][0-9]+)$') AS money_long,
            NOT money_short AND NOT money_long AND match(money_text, '^[+-]?[0-9]{1,14}([.][0-9]+)?[eE][+-]?[0-9]{1,2}$') AND abs(toFloat64OrZero(money_text)) < 1e14 AS money_float,
            money_short OR money_long OR money_float AS money_well_formed,
            -- More than four decimals: half away from zero at the fourth. An exponent: through Float64, with the same rounding.
            multiIf(
                money_short, toDecimal64OrZero(money_text, 4),
                money_long, toDecimal64OrZero(money_text, 4)
                    + if(match(money_text, '[.][0-9]{4}[5-9]'), toDecimal64(if(startsWith(money_text, '-'), '-0.0001', '0.0001'), 4), toDecimal64(0, 4)),
                money_float, toDecimal64(toFloat64OrZero(money_text) + if(startsWith(money_text, '-'), -0.00005, 0.00005), 4),
                toDecimal64(0, 4)) AS money
        FROM
        (
            SELECT
                ordinal, line, raw, x,
                trimBoth(x[{invoice:UInt32}]) AS invoice_text,
                trimBoth(x[{customer:UInt32}]) AS customer_cell,
                if(endsWith(customer_cell, '.0') AND match(customer_cell, '^[0-9]+[.]0$'), substring(customer_cell, 1, length(customer_cell) - 2), customer_cell) AS customer_text,
                trimBoth(x[{ordered_at:UInt32}]) AS date_text,
                trimBoth(x[{quantity:UInt32}]) AS quantity_text,
                trimBoth(x[{money:UInt32}]) AS money_text,
                -- Dates are brought to one shape and then parsed strictly: 2011-02-30 is no date.
                if({year_first:UInt8} = 1 AND length(date_text) = 19 AND substring(date_text, 5, 1) = '-' AND substring(date_text, 11, 1) = ' ', date_text,
                    arrayStringConcat(
                        [leftPad(parts[{year:UInt8}], 4, '0'), '-', leftPad(parts[{month:UInt8}], 2, '0'), '-', leftPad(parts[{day:UInt8}], 2, '0'), ' ',
                         leftPad(parts[4], 2, '0'), ':', leftPad(parts[5], 2, '0'), ':', leftPad(parts[6], 2, '0')])) AS date_shape,
                extractGroups(date_text, {date_pattern:String}) AS parts
            FROM
            (
                /* cells */
            )
        )
    )
)
-- The older analyzer: the newer one unfolds every alias and takes 0.1 s over it before the first row.
SETTINGS enable_analyzer = 0, max_block_size = 16384, min_insert_block_size_rows = 65536
