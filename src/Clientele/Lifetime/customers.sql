-- How many customers had bought before {cutoff} 00:00.
SELECT toInt64(uniqExact(customer)) AS customers FROM purchase_days WHERE day < {cutoff:Date} AND orders > 0
