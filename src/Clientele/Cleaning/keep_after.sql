-- The lines that only the rule after_as_of removes: what customers did from the reference date on.
INSERT INTO orders_after
SELECT row, invoice, cancelled, product, upperUTF8(description) AS description, quantity, ordered_at, price, amount, customer, country
FROM lines
WHERE row IN (SELECT row FROM removed WHERE rule = 10)
