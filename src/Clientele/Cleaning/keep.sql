-- The lines that no rule removes.
INSERT INTO orders
SELECT row, invoice, cancelled, product, upperUTF8(description) AS description, quantity, ordered_at, price, amount, customer, country
FROM lines
WHERE fault = 0 AND row NOT IN (SELECT row FROM removed)
