-- The most frequent description of every product, of equally frequent ones the smallest text; '' when it has none.
SELECT product, argMin(description, (-lines, description)) AS usual
FROM
(
    SELECT product, description, toInt64(if(description = '', 0, count())) AS lines
    FROM orders WHERE product != ''
    GROUP BY product, description
)
GROUP BY product
ORDER BY product
