-- Orders by segment, weekday (0 Monday … 6) and hour (0 … 23) of their first line: every invoice of a customer once, cancellations not at all.
SELECT toUInt32(segment) AS segment, toUInt8(toDayOfWeek(began) - 1) AS weekday, toUInt8(toHour(began)) AS hour, toUInt64(count()) AS invoices
FROM
(
    SELECT customer, invoice, min(ordered_at) AS began
    FROM orders WHERE cancelled = 0
    GROUP BY customer, invoice
) AS invoices
ALL INNER JOIN (SELECT customer, segment FROM segments) AS assigned USING (customer)
GROUP BY segment, weekday, hour
ORDER BY segment, weekday, hour
