-- Customers by segment and main country: the one of most of a customer's lines, of equally frequent ones the smallest text.
SELECT toUInt32(segment) AS segment, main AS country, toUInt64(count()) AS customers
FROM
(
    SELECT customer, argMin(country, (-lines, country)) AS main
    FROM
    (
        SELECT customer, country, toInt64(count()) AS lines
        FROM orders WHERE country != ''
        GROUP BY customer, country
    )
    GROUP BY customer
) AS customers
ALL INNER JOIN (SELECT customer, segment FROM segments) AS assigned USING (customer)
GROUP BY segment, main
ORDER BY segment, customers DESC, country
