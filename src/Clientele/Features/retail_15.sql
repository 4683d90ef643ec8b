-- Feature set retail_15 (the default): fifteen facts about a customer as of {reference}, from the kept lines. Cancelled invoices count as invoices
-- and their negative quantities lower units and spend. All ratios are taken last, of exact sums.
--   recency_days         days, ≥ 0        {reference} − day of the last line
--   invoices             invoices, ≥ 1    distinct invoices, cancelled ones too
--   units                units, any       Σ quantity
--   spend                money, any       Σ amount
--   average_order_value  money, any       spend ÷ invoices
--   distinct_products    products, ≥ 0    distinct product codes
--   gap_days             days, ≥ 0        mean of days between successive distinct purchase days: (last − first) ÷ (days − 1); 0 for one day
--   weekday              0 Monday … 6     most frequent over invoices, each taken once, at its first line's time; of equally frequent ones the smallest
--   hour                 0 … 23           the same
--   is_home_country      0, 1             the most frequent country over lines (of equals the first by name) is {home}
--   cancellations        invoices, ≥ 0    distinct cancelled invoices
--   cancellation_rate    0 … 1            cancellations ÷ invoices
--   monthly_spend_mean   money, any       mean over the months with a line
--   monthly_spend_sd     money, ≥ 0       their sample standard deviation; 0 for one month
--   spend_trend          money per month  least-squares slope of the monthly sums over 0, 1, 2 … of the months with a line; 0 for one month
SELECT
    customer,
    revenue,
    toFloat64(days_since) AS recency_days,
    toFloat64(invoice_count) AS invoices,
    toFloat64(unit_sum) AS units,
    toFloat64(revenue) AS spend,
    toFloat64(revenue) / toFloat64(invoice_count) AS average_order_value,
    toFloat64(product_count) AS distinct_products,
    if(day_count < 2, toFloat64(0), toFloat64(day_span) / toFloat64(day_count - 1)) AS gap_days,
    toFloat64(tupleElement(weekdays, 1)[indexOf(tupleElement(weekdays, 2), arrayReduce('max', tupleElement(weekdays, 2)))]) AS weekday,
    toFloat64(tupleElement(hours, 1)[indexOf(tupleElement(hours, 2), arrayReduce('max', tupleElement(hours, 2)))]) AS hour,
    toFloat64(country = {home:String}) AS is_home_country,
    toFloat64(cancelled_count) AS cancellations,
    toFloat64(cancelled_count) / toFloat64(invoice_count) AS cancellation_rate,
    toFloat64(total) / toFloat64(months) AS monthly_spend_mean,
    if(months < 2, toFloat64(0), sqrt(spread_value / toFloat64(months * (months - 1)))) AS monthly_spend_sd,
    if(months < 2, toFloat64(0),
        tilt_value / toFloat64(intDiv(months * months * (months * months - 1), 6))) AS spend_trend
FROM
(
    SELECT
        customer, revenue, days_since, unit_sum, product_count, day_count, day_span,
        months, total, spread_value, tilt_value
    FROM
    (
        SELECT
            customer,
            toDecimal128(sum(amount), 4) AS revenue,
            toInt32({reference:Date}) - toInt32(toDate(max(ordered_at))) AS days_since,
            sum(quantity) AS unit_sum,
            uniqExactIf(product, product != '') AS product_count,
            toInt64(uniqExact(toDate(ordered_at))) AS day_count,
            toInt32(toDate(max(ordered_at))) - toInt32(toDate(min(ordered_at))) AS day_span
        FROM orders
        GROUP BY customer
    ) AS customers
    ANY LEFT JOIN
    (
        -- spread is n Σx² − (Σx)² and tilt 2n Σix − n(n − 1) Σx, exact; two parts, because engines round integers past 2⁶⁴ differently.
        SELECT
            customer, months, total,
            toInt64(spread / 10000000000) AS spread_high,
            toFloat64(spread_high) * 1e10 + toFloat64(spread - toDecimal128(spread_high, 0) * 10000000000) AS spread_value,
            toInt64(tilt / 10000000000) AS tilt_high,
            toFloat64(tilt_high) * 1e10 + toFloat64(tilt - toDecimal128(tilt_high, 0) * 10000000000) AS tilt_value
        FROM
        (
            SELECT
                customer,
                toInt64(count()) AS months,
                sum(spent) AS total,
                months * sum(spent * spent) - total * total AS spread,
                2 * months * sum(spent * place) - months * (months - 1) * total AS tilt
            FROM
            (
                SELECT customer, toDecimal128(tupleElement(by_month, 2), 4) AS spent, toInt64(number) - 1 AS place
                FROM
                (
                    SELECT customer, arraySort(groupArray((month, spent))) AS by_months
                    FROM (SELECT customer, toYYYYMM(ordered_at) AS month, toDecimal64(sum(amount), 4) AS spent FROM orders GROUP BY customer, month)
                    GROUP BY customer
                )
                ARRAY JOIN by_months AS by_month, arrayEnumerate(by_months) AS number
            )
            GROUP BY customer
        )
    ) AS monthly USING (customer)
) AS spenders
ANY LEFT JOIN
(
    SELECT customer, country, weekdays, hours, invoice_count, cancelled_count
    FROM
    (
        SELECT
            customer,
            count() AS invoice_count,
            sum(is_cancelled) AS cancelled_count,
            sumMap([toUInt8(toDayOfWeek(began_at) - 1)], [toUInt64(1)]) AS weekdays,
            sumMap([toUInt8(toHour(began_at))], [toUInt64(1)]) AS hours
        FROM (SELECT customer, invoice, min(ordered_at) AS began_at, max(cancelled) AS is_cancelled FROM orders GROUP BY customer, invoice)
        GROUP BY customer
    ) AS habits
    ANY LEFT JOIN
    (
        SELECT customer, country
        FROM (SELECT customer, country, count() AS lines FROM orders GROUP BY customer, country)
        ORDER BY customer, lines DESC, country
        LIMIT 1 BY customer
    ) AS homes USING (customer)
) AS places USING (customer)
ORDER BY customer
