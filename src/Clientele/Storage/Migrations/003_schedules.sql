-- When runs are due, and which run each due instant became. Moments are milliseconds since 1970 UTC.

-- Due instants up to planned_until have been looked at.
CREATE TABLE schedules (
    name {text} PRIMARY KEY,
    cron {text} NOT NULL,
    zone {text} NOT NULL,
    catch_up {text} NOT NULL,
    overlap {text} NOT NULL,
    paused BIGINT NOT NULL,
    planned_until BIGINT NOT NULL
){clustered};

-- One row for each due instant of a schedule, so that it becomes one run whoever looks first. Without a run: it was skipped.
CREATE TABLE schedule_runs (
    schedule {text} NOT NULL,
    due_at BIGINT NOT NULL,
    run {text},
    PRIMARY KEY (schedule, due_at)
){clustered};
CREATE INDEX schedule_runs_by_run ON schedule_runs (run);
