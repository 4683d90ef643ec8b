-- Every row of every source, typed, and where it stood: what cleaning starts from. A row with a fault could not be read and waits for quarantine.
-- row: ordinal in reading order, ascending from 1; ordered_at: the source's own wall time; price: as written, or the size of the line total;
-- amount: quantity × price, or the line total. Missing text is ''. raw: only beside a fault.
-- Log: compressed on disk, so that the engine's memory stays small; written once, read a few times, dropped. LineStorage keeps a small table in memory.
CREATE TABLE lines
(
    row UInt64, invoice String, cancelled UInt8, product String, description String, quantity Int64, ordered_at DateTime('UTC'),
    price Decimal(18, 4), amount Decimal(18, 4), customer String, country String,
    fault UInt8, part UInt32, line UInt64, raw String
)
ENGINE = Log
