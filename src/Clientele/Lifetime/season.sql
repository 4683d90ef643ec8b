-- Orders day by day before {cutoff}: what tells how busy a window will be.
--   age     days from the day to the cut-off, ≥ 1
--   orders  of that day; days without any are left out
SELECT toInt64({cutoff:Date}) - toInt64(day) AS age, toInt64(sum(orders)) AS day_orders
FROM purchase_days
WHERE day < {cutoff:Date}
GROUP BY age
ORDER BY age
