-- Rows of a text file that PlainCsv has typed. What it does not say is said here as read.sql says it. Embedded engine only.
INSERT INTO lines
SELECT
    {base:UInt64} + ordinal AS row, invoice, toUInt8({prefix:String} != '' AND startsWith(invoice, {prefix:String})) AS cancelled, product, description, quantity, ordered_at,
    if({total:UInt8} = 1, abs(money), money) AS price,
    CAST(if({total:UInt8} = 1, toInt64(1), quantity) * money AS Decimal(18, 4)) AS amount,
    customer, country, toUInt8(0) AS fault, {part:UInt32} AS part, ordinal + {lines_before:UInt64} AS line, '' AS raw
FROM file({path:String}, 'Native',
    'ordinal UInt32, invoice LowCardinality(String), product LowCardinality(String), description LowCardinality(String), customer LowCardinality(String), country LowCardinality(String), quantity Int64, ordered_at DateTime(\'UTC\'), money Decimal(18, 4)')
SETTINGS min_insert_block_size_rows = 65536
