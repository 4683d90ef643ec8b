-- Kept lines, as features, personas and predictions read them: the table {table} is orders or orders_after.
-- row: ordinal in reading order; ordered_at: the source's own wall time; amount: quantity × price, or the line total; missing text is ''. LineStorage keeps a small table in memory.
CREATE TABLE {table:Identifier}
(
    row UInt64, invoice String, cancelled UInt8, product String, description String, quantity Int64, ordered_at DateTime('UTC'),
    price Decimal(18, 4), amount Decimal(18, 4), customer String, country String
)
ENGINE = Log
