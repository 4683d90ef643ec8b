-- One row for each customer and day of orders: what all snapshots are made of, whatever their cut-off.
--   orders  distinct invoices that are not cancelled and hold a positive quantity; 0 on a day of returns only
--   spend   Σ amount of the day, returns subtracted
-- Beyond 800 MB the engine sorts out groups on disk: a group per customer and day, each with its invoices, is more than a million customers have room for.
INSERT INTO purchase_days
SELECT customer, toDate(ordered_at) AS day, toUInt32(uniqExactIf(invoice, cancelled = 0 AND quantity > 0)) AS orders, toDecimal128(sum(amount), 4) AS spend
FROM orders
GROUP BY customer, day
SETTINGS max_bytes_before_external_group_by = 800000000
