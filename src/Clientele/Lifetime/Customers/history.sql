-- All days before {cutoff} 00:00 that one customer ordered or returned on, newest first.
SELECT day, toInt64(orders) AS orders, spend FROM purchase_days
WHERE customer = {customer:String} AND day < {cutoff:Date}
ORDER BY day DESC
