-- Schedules belong to a shop and may wait for files; due instants know what they became. Moments are milliseconds since 1970 UTC.
DROP TABLE schedule_runs;
DROP TABLE schedules;

-- When runs of a shop are due: by cron, due instants up to planned_until have been looked at; or by files, of which the digest list 'seen' had its run.
CREATE TABLE schedules (
    shop {text} NOT NULL,
    name {text} NOT NULL,
    cron {text},
    files {text},
    settled BIGINT NOT NULL,
    zone {text} NOT NULL,
    catch_up {text} NOT NULL,
    overlap {text} NOT NULL,
    paused BIGINT NOT NULL,
    planned_until BIGINT NOT NULL,
    seen {text},
    PRIMARY KEY (shop, name)
){clustered};

-- One row for each due instant of a schedule, so that it becomes one run whoever looks first. Without a run: it was skipped. A run that crashed is taken up by another, which then stands here; so does the training that drift sets off, when the look is over.
CREATE TABLE schedule_runs (
    shop {text} NOT NULL,
    schedule {text} NOT NULL,
    due_at BIGINT NOT NULL,
    as_of {text},
    run {text},
    attempts BIGINT NOT NULL,
    PRIMARY KEY (shop, schedule, due_at)
){clustered};
CREATE INDEX schedule_runs_by_run ON schedule_runs (run);

-- Who leads, such as the scheduler of a shop. Whoever takes it over gets a higher fence; a lower one is refused.
CREATE TABLE leases (
    name {text} PRIMARY KEY,
    holder {text} NOT NULL,
    fence BIGINT NOT NULL,
    lease_until BIGINT NOT NULL
){clustered};
