-- The country with the most kept lines; of equals the first by name.
SELECT country FROM (SELECT country, count() AS lines FROM orders GROUP BY country ORDER BY lines DESC, country LIMIT 1)
