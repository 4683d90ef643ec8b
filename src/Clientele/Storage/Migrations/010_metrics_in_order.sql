-- Runs are found by several metrics at once, the newest first, without reading the runs themselves.
CREATE INDEX run_metrics_in_order ON run_metrics (key, run, value);
