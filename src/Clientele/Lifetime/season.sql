-- How busy the shop was a year before the window of {days} days that begins on {cutoff}: of the 365 days before the cut-off, the first {days}.
--   oldest          days from the first day of the data to the cut-off
--   year, of_window orders of the 365 days, and of those a year before the window
SELECT
    toInt64(max(age)) AS oldest,
    toInt64(sumIf(orders, age <= 365)) AS year,
    toInt64(sumIf(orders, age <= 365 AND age > 365 - {days:Int64})) AS of_window
FROM
(
    SELECT toInt64(orders) AS orders, toInt64({cutoff:Date}) - toInt64(day) AS age
    FROM purchase_days
    WHERE day < {cutoff:Date}
)
