-- Rule product_codes: codes with fewer than {digits} digits.
INSERT INTO odd_products
SELECT product FROM lines WHERE fault = 0 GROUP BY product HAVING length(replaceRegexpAll(product, '[^0-9]', '')) < {digits:UInt16}
