-- Purchases day by day, before {until} 00:00, of the customers who had bought by {cutoff} 00:00.
--   firsts   customers who bought for the first time that day
--   repeats  customers who bought again that day
SELECT day, toInt64(countIf(day = first_day)) AS firsts, toInt64(countIf(day > first_day)) AS repeats
FROM
(
    SELECT customer, day FROM purchase_days WHERE day < {until:Date} AND orders > 0
)
ALL INNER JOIN
(
    SELECT customer, min(day) AS first_day FROM purchase_days WHERE day < {cutoff:Date} AND orders > 0
    GROUP BY customer
)
USING customer
GROUP BY day
ORDER BY day
