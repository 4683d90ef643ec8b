-- The shop's products in every segment's own order of popularity: place 1, 2, 3 … Segment 0 is the whole shop at all times: its best-sellers.
-- Popularity: distinct buyers of the segment from {lately} on, then of the shop from {lately} on, then of the shop ever, then the smaller code.
-- Only lines before {before} count, and no outlier's.
CREATE TABLE product_ranks ENGINE = Memory AS
SELECT toUInt32(segment) AS segment, toUInt32(at) AS place, tupleElement(ranked, 4) AS product
FROM
(
    SELECT segment, arraySort(groupArray((-buyers, -if(segment = 0, toInt64(0), recent), -ever, product))) AS ranks
    FROM
    (
        SELECT segment, product, recent, ever
        FROM
        (
            SELECT DISTINCT segment FROM {segments:Identifier}
            UNION ALL
            SELECT toUInt32(0) AS segment
        ) AS every_segment
        CROSS JOIN
        (
            SELECT product, toInt64(uniqExact(customer)) AS ever, toInt64(uniqExactIf(customer, toDate(ordered_at) >= {lately:Date})) AS recent
            FROM orders
            WHERE product != '' AND cancelled = 0 AND quantity > 0 AND toDate(ordered_at) < {before:Date}
                AND customer IN (SELECT customer FROM {segments:Identifier} WHERE outlier = 0)
            GROUP BY product
        ) AS every_product
    ) AS offers
    ANY LEFT JOIN
    (
        SELECT segment, product, toInt64(uniqExact(customer)) AS buyers
        FROM
        (
            SELECT customer, product
            FROM orders
            WHERE product != '' AND cancelled = 0 AND quantity > 0 AND toDate(ordered_at) >= {lately:Date} AND toDate(ordered_at) < {before:Date}
        ) AS lines
        ALL INNER JOIN (SELECT customer, segment FROM {segments:Identifier} WHERE outlier = 0) AS assigned USING (customer)
        GROUP BY segment, product
    ) AS bought USING (segment, product)
    GROUP BY segment
)
ARRAY JOIN ranks AS ranked, arrayEnumerate(ranks) AS at
