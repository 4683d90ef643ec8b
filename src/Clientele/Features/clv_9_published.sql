-- Feature set clv_9_published: system 002's nine columns exactly as published, flaws and all, because its model is to be reproduced.
-- Whole days are counted back from {lines_before} 00:00; only lines before that moment are in orders.
--   recency_days       days, ≥ 0          whole days since the last line
--   frequency          invoices, ≥ 1      distinct invoices
--   total_revenue      money              Σ amount
--   avg_order_value    money              total_revenue ÷ lines (per line, not per order: as published)
--   tenure_days        days, ≥ 0          whole days since the first line
--   active_months      months, ≥ 1        distinct months with a line
--   purchase_velocity  invoices per month frequency ÷ active_months
--   avg_gap_days       days, ≥ 0          mean of whole days between successive lines in time (0 within an invoice); 999 for one line
--   std_gap_days       days, ≥ 0          their sample standard deviation; 0 for fewer than two gaps
SELECT
    customer,
    revenue,
    toFloat64(intDiv(toInt64({lines_before:Date}) * 86400 - last_second, 86400)) AS recency_days,
    toFloat64(invoices) AS frequency,
    toFloat64(revenue) AS total_revenue,
    toFloat64(revenue) / toFloat64(lines) AS avg_order_value,
    toFloat64(intDiv(toInt64({lines_before:Date}) * 86400 - first_second, 86400)) AS tenure_days,
    toFloat64(months) AS active_months,
    toFloat64(invoices) / toFloat64(months) AS purchase_velocity,
    if(gap_count = 0, toFloat64(999), toFloat64(gap_sum) / toFloat64(gap_count)) AS avg_gap_days,
    if(gap_count < 2, toFloat64(0),
        sqrt(toFloat64(gap_count * gap_squares - gap_sum * gap_sum) / toFloat64(gap_count * (gap_count - 1)))) AS std_gap_days
FROM
(
    SELECT
        customer,
        toDecimal128(sum(amount), 4) AS revenue,
        count() AS lines,
        uniqExact(invoice) AS invoices,
        uniqExact(toYYYYMM(ordered_at)) AS months,
        toInt64(toUnixTimestamp(min(ordered_at))) AS first_second,
        toInt64(toUnixTimestamp(max(ordered_at))) AS last_second,
        arrayMap(seconds -> intDiv(seconds, 86400),
            arraySlice(arrayDifference(arraySort(groupArray(toInt64(toUnixTimestamp(ordered_at))))), 2)) AS gaps,
        toInt64(length(gaps)) AS gap_count,
        arraySum(gaps) AS gap_sum,
        arraySum(gap -> gap * gap, gaps) AS gap_squares
    FROM orders
    GROUP BY customer
)
ORDER BY customer
