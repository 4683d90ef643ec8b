-- What was known of every customer at {cutoff} 00:00, and what came after, before {until} 00:00. A customer is here once it has bought: on a day with an
-- order, and its id hashes to no more than {most_hash}. Only the target columns look at {cutoff} or later. Integers and exact decimals; the reader takes ratios last.
--   first_age, last_age         days from the first and the last day bought on to {cutoff}, ≥ 1
--   days, orders, months        days bought on, orders, months bought in, ≥ 1
--   gap_sum, gap_squares        Σ and Σ² of the days between successive days bought on
--   spend, first_spend, largest Σ spend, returns subtracted; spend of the first day bought on; of the best day
--   orders_30 … spend_365       the same of the last 30, 90, 180, 365 days before {cutoff}
--   target_days, target_spend   days bought on and spend in the window
SELECT
    customer, first_age, last_age, days, orders_sum AS orders, months,
    toInt64(arraySum(gaps)) AS gap_sum, toInt64(arraySum(gap -> gap * gap, gaps)) AS gap_squares,
    spend_sum AS spend, first_spend, largest,
    orders_30, orders_90, orders_180, orders_365, spend_30, spend_90, spend_180, spend_365,
    target_days, target_spend
FROM
(
    SELECT
        customer,
        toInt64(maxIf(age, bought)) AS first_age,
        toInt64(minIf(age, bought)) AS last_age,
        toInt64(sum(bought)) AS days,
        toInt64(sumIf(orders, bought)) AS orders_sum,
        toInt64(uniqExactIf(toYYYYMM(day), bought)) AS months,
        arrayMap(gap -> toInt64(gap), arraySlice(arrayDifference(arraySort(groupArrayIf(toInt32(day), bought))), 2)) AS gaps,
        toDecimal128(sumIf(spend, age >= 1), 4) AS spend_sum,
        toDecimal128(argMaxIf(spend, age, bought), 4) AS first_spend,
        toDecimal128(maxIf(spend, bought), 4) AS largest,
        toInt64(sumIf(orders, bought AND age <= 30)) AS orders_30,
        toInt64(sumIf(orders, bought AND age <= 90)) AS orders_90,
        toInt64(sumIf(orders, bought AND age <= 180)) AS orders_180,
        toInt64(sumIf(orders, bought AND age <= 365)) AS orders_365,
        toDecimal128(sumIf(spend, age >= 1 AND age <= 30), 4) AS spend_30,
        toDecimal128(sumIf(spend, age >= 1 AND age <= 90), 4) AS spend_90,
        toDecimal128(sumIf(spend, age >= 1 AND age <= 180), 4) AS spend_180,
        toDecimal128(sumIf(spend, age >= 1 AND age <= 365), 4) AS spend_365,
        toInt64(countIf(age < 1 AND orders > 0)) AS target_days,
        toDecimal128(sumIf(spend, age < 1), 4) AS target_spend
    FROM
    (
        SELECT customer, day, orders, spend, toInt32({cutoff:Date}) - toInt32(day) AS age, toUInt8(age >= 1 AND orders > 0) AS bought
        FROM purchase_days
        WHERE day < {until:Date} AND sipHash64(customer) <= {most_hash:UInt64}
    )
    GROUP BY customer
)
WHERE days > 0
ORDER BY customer
