-- Rows and money by rule; rule 0 are the kept lines.
SELECT rule, toUInt64(rows) AS rows, toDecimal128(revenue, 4) AS revenue
FROM
(
    SELECT rule, count() AS rows, sum(amount) AS revenue FROM removed GROUP BY rule
    UNION ALL
    SELECT toUInt8(0) AS rule, count() AS rows, sum(amount) AS revenue FROM orders
)
ORDER BY rule
