-- Schedules say what their runs are for.
ALTER TABLE schedules RENAME TO earlier_schedules;

-- When runs of a shop are due, and what for (train, score, auto): by cron, due instants up to planned_until have been looked at; or by files, of which the digest list 'seen' had its run.
CREATE TABLE schedules (
    shop {text} NOT NULL,
    name {text} NOT NULL,
    mode {text} NOT NULL,
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

INSERT INTO schedules (shop, name, mode, cron, files, settled, zone, catch_up, overlap, paused, planned_until, seen)
SELECT shop, name, 'train', cron, files, settled, zone, catch_up, overlap, paused, planned_until, seen FROM earlier_schedules;
DROP TABLE earlier_schedules;
