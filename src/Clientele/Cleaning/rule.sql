-- Which rule removes a line; 0: none. Rules are numbered in the order of CleaningSettings, and a line falls to the first:
-- 1 overlap, 2 missing (no customer), 3 missing (another field), 4 cancellations, 5 duplicates, 6 product_codes, 7 descriptions, 8 quantity, 9 price, 10 after_as_of.
multiIf(
    row IN (SELECT row FROM overlap_rows), 1,
    customer = '', 2,
    ({need_description:UInt8} = 1 AND description = '') OR ({need_product:UInt8} = 1 AND product = '') OR ({need_country:UInt8} = 1 AND country = ''), 3,
    {drop_cancelled:UInt8} = 1 AND cancelled = 1, 4,
    row IN (SELECT row FROM duplicate_rows), 5,
    product IN (SELECT product FROM odd_products), 6,
    has({descriptions:Array(String)}, description), 7,
    {positive_quantity:UInt8} = 1 AND quantity <= 0, 8,
    {positive_price:UInt8} = 1 AND price <= 0, 9,
    {bounded:UInt8} = 1 AND toDate(ordered_at) >= {lines_before:Date}, 10,
    0)
