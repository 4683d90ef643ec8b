-- What is to be told to whom. Moments are milliseconds since 1970 UTC.

-- One row for each alert and channel: it waits until the receiver has it. No personal data and no secret is in it.
CREATE TABLE alerts (
    shop {text} NOT NULL,
    id {text} NOT NULL,
    channel {text} NOT NULL,
    type {text} NOT NULL,
    at BIGINT NOT NULL,
    content {text} NOT NULL,
    state {text} NOT NULL,
    attempts BIGINT NOT NULL,
    next_at BIGINT NOT NULL,
    error {text},
    ended_at BIGINT,
    PRIMARY KEY (shop, id, channel)
){clustered};
CREATE INDEX alerts_that_wait ON alerts (shop, state, next_at);

-- Up to where a shop's runs and audit have been looked at for something to tell.
CREATE TABLE alert_watches (
    shop {text} PRIMARY KEY,
    runs_since BIGINT NOT NULL,
    audit_number BIGINT NOT NULL
){clustered};
