-- What most customers of a segment bought: its first ten products by distinct buyers, then by units sold less cancelled, then by code; with the
-- segment's number of customers.
SELECT toUInt32(segment) AS segment, product, toUInt64(buyers) AS buyers, toInt64(units) AS units, toUInt64(customers) AS customers
FROM
(
    SELECT segment, product, uniqExactIf(customer, cancelled = 0 AND quantity > 0) AS buyers, sum(quantity) AS units
    FROM (SELECT customer, product, cancelled, quantity FROM orders WHERE product != '') AS lines
    ALL INNER JOIN (SELECT customer, segment FROM segments) AS assigned USING (customer)
    GROUP BY segment, product
) AS sold
ALL INNER JOIN (SELECT segment, count() AS customers FROM segments GROUP BY segment) AS sizes USING (segment)
WHERE buyers > 0
ORDER BY segment, buyers DESC, units DESC, product
LIMIT 10 BY segment
