-- The lines whose rows stand in kept_rows, as keep.sql wrote them once.
INSERT INTO {table:Identifier}
SELECT row, invoice, cancelled, product, upperUTF8(description), quantity, ordered_at, price, amount, customer, country
FROM lines
WHERE row IN (SELECT row FROM kept_rows)
SETTINGS min_insert_block_size_rows = 65536
