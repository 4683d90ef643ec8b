-- Feature set retail_15_published: the fifteen columns of system 001 under their published names, for every customer of the kept lines.
-- Equal to the publication but for Cancellation_Rate, which is distinct cancelled invoices ÷ distinct invoices (0 … 1), and for the customers
-- with a single line, whom the publication lost. All ratios are taken last, of exact sums.
--   Days_Since_Last_Purchase       days, ≥ 0        {reference} − day of the last line
--   Total_Transactions             invoices, ≥ 1    distinct invoices, cancelled ones too
--   Total_Products_Purchased       units, any       Σ quantity
--   Total_Spend                    money, any       Σ amount
--   Average_Transaction_Value      money, any       Total_Spend ÷ Total_Transactions
--   Unique_Products_Purchased      products, ≥ 1    distinct products
--   Average_Days_Between_Purchases days, any        mean of day differences between consecutive lines in reading order: (last line's day − first line's day) ÷ (lines − 1); 0 for one line
--   Day_Of_Week                    0 Monday … 6     most frequent over lines; of equally frequent ones the smallest
--   Hour                           0 … 23           the same
--   Is_UK                          0, 1             the most frequent country over lines is {home}
--   Cancellation_Frequency         invoices, ≥ 0    distinct cancelled invoices
--   Cancellation_Rate              0 … 1            Cancellation_Frequency ÷ Total_Transactions
--   Monthly_Spending_Mean          money, any       mean over the months with a line
--   Monthly_Spending_Std           money, ≥ 0       their sample standard deviation; 0 for one month
--   Spending_Trend                 money per month  slope of the monthly sums over 0, 1, 2 … of the months with a line; 0 for one month
SELECT
    customer,
    revenue,
    toFloat64(days_since) AS Days_Since_Last_Purchase,
    toFloat64(invoices) AS Total_Transactions,
    toFloat64(units) AS Total_Products_Purchased,
    toFloat64(revenue) AS Total_Spend,
    toFloat64(revenue) / toFloat64(invoices) AS Average_Transaction_Value,
    toFloat64(products) AS Unique_Products_Purchased,
    if(lines < 2, toFloat64(0), toFloat64(day_span) / toFloat64(lines - 1)) AS Average_Days_Between_Purchases,
    toFloat64(tupleElement(weekdays, 1)[indexOf(tupleElement(weekdays, 2), arrayReduce('max', tupleElement(weekdays, 2)))]) AS Day_Of_Week,
    toFloat64(tupleElement(hours, 1)[indexOf(tupleElement(hours, 2), arrayReduce('max', tupleElement(hours, 2)))]) AS Hour,
    toFloat64(country = {home:String}) AS Is_UK,
    toFloat64(cancelled_invoices) AS Cancellation_Frequency,
    toFloat64(cancelled_invoices) / toFloat64(invoices) AS Cancellation_Rate,
    toFloat64(total) / toFloat64(months) AS Monthly_Spending_Mean,
    if(months < 2, toFloat64(0), sqrt(spread_value / toFloat64(months * (months - 1)))) AS Monthly_Spending_Std,
    if(months < 2, toFloat64(0),
        tilt_value / toFloat64(intDiv(months * months * (months * months - 1), 6))) AS Spending_Trend
FROM
(
    SELECT
        customer, revenue, days_since, invoices, units, products, lines, day_span, weekdays, hours, cancelled_invoices,
        months, total, spread_value, tilt_value
    FROM
    (
        SELECT
            customer,
            toDecimal128(sum(amount), 4) AS revenue,
            toInt32({reference:Date}) - toInt32(toDate(max(ordered_at))) AS days_since,
            uniqExact(invoice) AS invoices,
            sum(quantity) AS units,
            uniqExact(product) AS products,
            toInt64(count()) AS lines,
            toInt32(toDate(argMax(ordered_at, row))) - toInt32(toDate(argMin(ordered_at, row))) AS day_span,
            sumMap([toUInt8(toDayOfWeek(ordered_at) - 1)], [toUInt64(1)]) AS weekdays,
            sumMap([toUInt8(toHour(ordered_at))], [toUInt64(1)]) AS hours,
            uniqExactIf(invoice, cancelled = 1) AS cancelled_invoices
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
    SELECT customer, country
    FROM (SELECT customer, country, count() AS lines FROM orders GROUP BY customer, country)
    ORDER BY customer, lines DESC, country
    LIMIT 1 BY customer
) AS homes USING (customer)
ORDER BY customer
