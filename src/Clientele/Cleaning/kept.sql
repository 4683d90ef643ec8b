-- What the kept lines come to, and who and when they are about; days are 1970-01-01 when there are none.
SELECT
    toUInt64(count()) AS rows, toDecimal128(sum(amount), 4) AS revenue,
    toUInt64(uniqExact(customer)) AS customers, toDate(min(ordered_at)) AS first_day, toDate(max(ordered_at)) AS last_day
FROM orders
