-- What customers spent from the reference date until {target_until}, of orders_after: exact sums.
SELECT customer, toDecimal128(sum(amount), 4) AS spent
FROM orders_after
WHERE toDate(ordered_at) < {target_until:Date}
GROUP BY customer
ORDER BY customer
