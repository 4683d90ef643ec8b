-- The typed rows of all sources, as cleaning wants them. row: ordinal in reading order, ascending; ordered_at: the source's own wall time.
-- Log: compressed on disk, so that the engine's memory stays small; written once, read a few times, dropped.
CREATE TABLE lines
(
    row UInt64, invoice String, cancelled UInt8, product String, description String, quantity Int64, ordered_at DateTime('UTC'),
    price Decimal(18, 4), amount Decimal(18, 4), customer String, country String
)
ENGINE = Log
