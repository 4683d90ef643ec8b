-- Feature set clv_9: what lifetime value needs, correct where clv_9_published is not: averages are per order, gaps lie between distinct order days.
-- Whole days are counted back from {lines_before} 00:00; only lines before that moment are in orders.
--   recency_days       days, ≥ 0          whole days since the last line
--   frequency          orders, ≥ 1        distinct invoices
--   total_revenue      money              Σ amount
--   avg_order_value    money              total_revenue ÷ frequency
--   tenure_days        days, ≥ 0          whole days since the first line
--   active_months      months, ≥ 1        distinct months with a line
--   purchase_velocity  orders per month   frequency ÷ active_months
--   avg_gap_days       days, ≥ 0          mean of days between successive distinct order days; for one order day tenure_days: the next gap is at least that long
--   std_gap_days       days, ≥ 0          their sample standard deviation; 0 for fewer than two gaps
SELECT
    customer,
    revenue,
    toFloat64(intDiv(toInt64({lines_before:Date}) * 86400 - last_second, 86400)) AS recency_days,
    toFloat64(invoices) AS frequency,
    toFloat64(revenue) AS total_revenue,
    toFloat64(revenue) / toFloat64(invoices) AS avg_order_value,
    toFloat64(tenure) AS tenure_days,
    toFloat64(months) AS active_months,
    toFloat64(invoices) / toFloat64(months) AS purchase_velocity,
    if(gap_count = 0, toFloat64(tenure), toFloat64(gap_sum) / toFloat64(gap_count)) AS avg_gap_days,
    if(gap_count < 2, toFloat64(0),
        sqrt(toFloat64(gap_count * gap_squares - gap_sum * gap_sum) / toFloat64(gap_count * (gap_count - 1)))) AS std_gap_days
FROM
(
    SELECT
        customer,
        toDecimal128(sum(amount), 4) AS revenue,
        uniqExact(invoice) AS invoices,
        uniqExact(toYYYYMM(ordered_at)) AS months,
        intDiv(toInt64({lines_before:Date}) * 86400 - toInt64(toUnixTimestamp(min(ordered_at))), 86400) AS tenure,
        toInt64(toUnixTimestamp(max(ordered_at))) AS last_second,
        arraySlice(arrayDifference(arraySort(groupUniqArray(toInt32(toDate(ordered_at))))), 2) AS gaps,
        toInt64(length(gaps)) AS gap_count,
        toInt64(arraySum(gaps)) AS gap_sum,
        toInt64(arraySum(gap -> gap * gap, gaps)) AS gap_squares
    FROM orders
    GROUP BY customer
)
ORDER BY customer
