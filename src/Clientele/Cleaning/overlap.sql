-- Rule overlap: rows of the second half of an invoice whose lines form two equal halves, as multisets and in reading order,
-- with at least {distance} other rows between them: the same invoice delivered twice, once at the end of one file and once at the start of the next.
-- Only invoices that stretch that far are compared in full, and then by their text, not by a hash.
INSERT INTO overlap_rows
SELECT arrayJoin(arraySlice(places, half + 1)) AS row
FROM
(
    SELECT
        invoice,
        intDiv(count(), 2) AS half,
        arraySort(groupArray((row, content))) AS sorted,
        arrayMap(x -> tupleElement(x, 1), sorted) AS places,
        arrayMap(x -> tupleElement(x, 2), sorted) AS contents
    FROM
    (
        SELECT
            invoice, row,
            concat(customer, '\0', product, '\0', description, '\0', country, '\0', toString(quantity), '\0',
                   toString(toUnixTimestamp(ordered_at)), '\0', toString(price), '\0', toString(amount)) AS content
        FROM lines
        WHERE fault = 0 AND invoice IN
        (
            SELECT invoice FROM lines WHERE fault = 0 GROUP BY invoice
            HAVING count() % 2 = 0 AND max(row) - min(row) >= count() - 1 + {distance:UInt64}
        )
    )
    GROUP BY invoice
    HAVING places[half + 1] > places[half] + {distance:UInt64}
        AND arrayStringConcat(arraySort(arraySlice(contents, 1, half)), '\n') = arrayStringConcat(arraySort(arraySlice(contents, half + 1)), '\n')
)
