-- For every customer the places, in the order of product_ranks, of what they bought before {before} and from then on; 0: a product without a place.
-- Empty: no purchase. {shopwide} = 1 looks them up in the order of the whole shop instead of their segment's.
SELECT
    customer, toUInt32(max(segment)) AS in_segment,
    arraySort(groupUniqArrayIf(toUInt32(place), bought = 1)) AS places_before,
    arraySort(groupUniqArrayIf(toUInt32(place), bought = 2)) AS places_after
FROM
(
    SELECT customer, segment, place, bought
    FROM
    (
        SELECT customer, segment, product, bought
        FROM
        (
            SELECT customer, product, toUInt8(if(toDate(ordered_at) < {before:Date}, 1, 2)) AS bought
            FROM orders
            WHERE product != '' AND cancelled = 0 AND quantity > 0
        ) AS lines
        ALL INNER JOIN (SELECT customer, toUInt32(if({shopwide:UInt8} = 1, 0, segment)) AS segment FROM {segments:Identifier}) AS assigned USING (customer)
    ) AS purchases
    ANY LEFT JOIN (SELECT segment, product, place FROM product_ranks) AS ranks USING (segment, product)
    UNION ALL
    SELECT customer, toUInt32(if({shopwide:UInt8} = 1, 0, segment)) AS segment, toUInt32(0) AS place, toUInt8(0) AS bought
    FROM {segments:Identifier}
)
GROUP BY customer
ORDER BY customer
