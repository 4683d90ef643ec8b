-- Rule duplicates: of lines alike in the chosen fields (by_… = 1) the first in reading order stays; these are the rows of the others.
-- Lines that an earlier rule removes (overlap, missing, cancellations) neither go nor protect. A hash finds the few candidates, their text decides.
INSERT INTO duplicate_rows
SELECT arrayJoin(arraySlice(arraySort(groupArray(row)), 2)) AS row
FROM
(
    SELECT
        row,
        concat(
            if({by_invoice:UInt8} = 1, invoice, ''), '\0', if({by_product:UInt8} = 1, product, ''), '\0',
            if({by_description:UInt8} = 1, description, ''), '\0', if({by_customer:UInt8} = 1, customer, ''), '\0',
            if({by_country:UInt8} = 1, country, ''), '\0', if({by_quantity:UInt8} = 1, toString(quantity), ''), '\0',
            if({by_ordered_at:UInt8} = 1, toString(toUnixTimestamp(ordered_at)), ''), '\0', if({by_price:UInt8} = 1, toString(price), '')) AS content
    FROM lines
    WHERE fault = 0 AND row NOT IN (SELECT row FROM overlap_rows)
        AND NOT (customer = ''
            OR ({need_description:UInt8} = 1 AND description = '') OR ({need_product:UInt8} = 1 AND product = '') OR ({need_country:UInt8} = 1 AND country = ''))
        AND NOT ({drop_cancelled:UInt8} = 1 AND cancelled = 1)
        AND cityHash64(content) IN
        (
            SELECT cityHash64(
                concat(
                    if({by_invoice:UInt8} = 1, invoice, ''), '\0', if({by_product:UInt8} = 1, product, ''), '\0',
                    if({by_description:UInt8} = 1, description, ''), '\0', if({by_customer:UInt8} = 1, customer, ''), '\0',
                    if({by_country:UInt8} = 1, country, ''), '\0', if({by_quantity:UInt8} = 1, toString(quantity), ''), '\0',
                    if({by_ordered_at:UInt8} = 1, toString(toUnixTimestamp(ordered_at)), ''), '\0', if({by_price:UInt8} = 1, toString(price), ''))) AS hash
            FROM lines
            WHERE fault = 0
            GROUP BY hash HAVING count() > 1
        )
)
GROUP BY content
HAVING count() > 1
