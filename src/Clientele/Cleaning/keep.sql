-- The lines whose rule is {kept}: 0 for orders, which no rule removes; 10 for orders_after, what customers did from the reference date on.
-- The upper-cased description has no name here: the rules ask for it as it was written.
-- Small blocks: the engine would gather the whole table in memory before it writes the first line.
INSERT INTO {table:Identifier}
SELECT row, invoice, cancelled, product, upperUTF8(description), quantity, ordered_at, price, amount, customer, country
FROM lines
WHERE fault = 0 AND /* rule */ = {kept:UInt8}
SETTINGS min_insert_block_size_rows = 65536
