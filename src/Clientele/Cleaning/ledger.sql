-- Rows and money by rule; rule 0 are the kept lines.
SELECT CAST(rule AS UInt8) AS rule, toUInt64(count()) AS rows, toDecimal128(sum(amount), 4) AS revenue
FROM (SELECT amount, /* rule */ AS rule FROM lines WHERE fault = 0)
GROUP BY rule
ORDER BY rule
