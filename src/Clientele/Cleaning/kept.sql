-- Who and when the kept lines are about; days are 1970-01-01 when there are none.
SELECT toUInt64(uniqExact(customer)) AS customers, toDate(min(ordered_at)) AS first_day, toDate(max(ordered_at)) AS last_day FROM orders
