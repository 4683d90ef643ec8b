-- Rule duplicates: of lines alike in the chosen fields (by_… = 1) the first in reading order stays; these are the rows of the others.
-- Lines that an earlier rule removes (overlap, missing, cancellations) neither go nor protect. A hash of four fields finds the few candidates, all fields
-- decide by their text.
INSERT INTO duplicate_rows
SELECT arrayJoin(arraySlice(arraySort(groupArray(row)), 2)) AS row
FROM
(
    SELECT
        row,
        if({by_invoice:UInt8} = 1, invoice, '') AS same_invoice,
        if({by_product:UInt8} = 1, product, '') AS same_product,
        if({by_description:UInt8} = 1, description, '') AS same_description,
        if({by_customer:UInt8} = 1, customer, '') AS same_customer,
        if({by_country:UInt8} = 1, country, '') AS same_country,
        if({by_quantity:UInt8} = 1, quantity, toInt64(0)) AS same_quantity,
        if({by_ordered_at:UInt8} = 1, toUnixTimestamp(ordered_at), toUInt32(0)) AS same_time,
        if({by_price:UInt8} = 1, price, toDecimal64(0, 4)) AS same_price
    FROM lines
    WHERE fault = 0
        AND cityHash64(same_invoice, same_product, same_quantity, same_time) IN
        (
            SELECT cityHash64(
                if({by_invoice:UInt8} = 1, invoice, ''), if({by_product:UInt8} = 1, product, ''), if({by_quantity:UInt8} = 1, quantity, toInt64(0)),
                if({by_ordered_at:UInt8} = 1, toUnixTimestamp(ordered_at), toUInt32(0))) AS hash
            FROM lines
            WHERE fault = 0 AND customer != ''
            GROUP BY hash HAVING count() > 1
        )
        AND row NOT IN (SELECT row FROM overlap_rows)
        AND NOT (customer = ''
            OR ({need_description:UInt8} = 1 AND description = '') OR ({need_product:UInt8} = 1 AND product = '') OR ({need_country:UInt8} = 1 AND country = ''))
        AND NOT ({drop_cancelled:UInt8} = 1 AND cancelled = 1)
)
GROUP BY same_invoice, same_product, same_description, same_customer, same_country, same_quantity, same_time, same_price
HAVING count() > 1
