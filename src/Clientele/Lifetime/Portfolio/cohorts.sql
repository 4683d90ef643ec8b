-- Customers by the month of their first purchase, month by month from then on, with what was known at {cutoff} 00:00.
--   cohort  month of the first purchase: 12 · year + month − 1
--   age     months since, ≥ 0; returns before the first purchase stand at 0
--   active  customers of the cohort who bought in that month
--   spend   Σ spend of the cohort in that month, returns subtracted
SELECT
    toInt64(first_month) AS cohort,
    toInt64(greatest(month - first_month, 0)) AS age,
    toInt64(sum(bought)) AS active,
    toDecimal128(sum(spent), 4) AS spend
FROM
(
    SELECT customer, toInt64(12) * toYear(day) + toMonth(day) - 1 AS month, max(orders > 0) AS bought, sum(spend) AS spent
    FROM purchase_days WHERE day < {cutoff:Date}
    GROUP BY customer, month
)
ALL INNER JOIN
(
    SELECT customer, min(toInt64(12) * toYear(day) + toMonth(day) - 1) AS first_month
    FROM purchase_days WHERE day < {cutoff:Date} AND orders > 0
    GROUP BY customer
)
USING customer
GROUP BY cohort, age
ORDER BY cohort, age
