-- Runs, their steps, and all that is known of them. Moments are milliseconds since 1970 UTC.

-- A named group of runs.
CREATE TABLE experiments (
    number {identity},
    name {text} NOT NULL UNIQUE,
    created_at BIGINT NOT NULL
);

-- One execution. Who holds it says its fence with every write; a higher one is given out to whoever holds it next.
CREATE TABLE runs (
    number {identity},
    id {text} NOT NULL UNIQUE,
    experiment BIGINT NOT NULL REFERENCES experiments (number),
    parent BIGINT REFERENCES runs (number) ON DELETE CASCADE,
    resumes BIGINT REFERENCES runs (number) ON DELETE SET NULL,
    name {text} NOT NULL,
    kind {text} NOT NULL,
    state {text} NOT NULL,
    reason {text},
    folder {text},
    code_version {text} NOT NULL,
    settings_digest {text} NOT NULL,
    created_at BIGINT NOT NULL,
    started_at BIGINT,
    ended_at BIGINT,
    fence BIGINT NOT NULL,
    holder {text},
    lease_until BIGINT,
    cancel_requested_at BIGINT
);
CREATE INDEX runs_of_experiment ON runs (experiment, number);
CREATE INDEX runs_of_parent ON runs (parent);
CREATE INDEX runs_that_resume ON runs (resumes);
CREATE INDEX runs_in_state ON runs (state, number);

-- Parts of a run, in their order.
CREATE TABLE steps (
    run BIGINT NOT NULL REFERENCES runs (number) ON DELETE CASCADE,
    name {text} NOT NULL,
    position BIGINT NOT NULL,
    state {text} NOT NULL,
    attempt BIGINT NOT NULL,
    cache_key {text},
    detail {text},
    started_at BIGINT,
    ended_at BIGINT,
    PRIMARY KEY (run, name)
){clustered};
CREATE INDEX steps_by_cache_key ON steps (cache_key);

-- What was set. Written once: another value for the same key is refused.
CREATE TABLE run_params (
    run BIGINT NOT NULL REFERENCES runs (number) ON DELETE CASCADE,
    key {text} NOT NULL,
    value {text} NOT NULL,
    PRIMARY KEY (run, key)
){clustered};
CREATE INDEX run_params_by_value ON run_params (key, SUBSTR(value, 1, 200), run);

-- Labels; the last one set stands.
CREATE TABLE run_tags (
    run BIGINT NOT NULL REFERENCES runs (number) ON DELETE CASCADE,
    key {text} NOT NULL,
    value {text} NOT NULL,
    PRIMARY KEY (run, key)
){clustered};
CREATE INDEX run_tags_by_value ON run_tags (key, SUBSTR(value, 1, 200), run);

-- What was measured: the latest point of each metric. A NULL value is not a number (NaN).
CREATE TABLE run_metrics (
    run BIGINT NOT NULL REFERENCES runs (number) ON DELETE CASCADE,
    key {text} NOT NULL,
    value DOUBLE PRECISION,
    step BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (run, key)
){clustered};
CREATE INDEX run_metrics_by_value ON run_metrics (key, value, run);

-- The points of a metric but the latest, in the order in which they came.
CREATE TABLE metric_history (
    run BIGINT NOT NULL REFERENCES runs (number) ON DELETE CASCADE,
    key {text} NOT NULL,
    position BIGINT NOT NULL,
    value DOUBLE PRECISION,
    step BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (run, key, position)
){clustered};

-- What a run was made from.
CREATE TABLE run_datasets (
    run BIGINT NOT NULL REFERENCES runs (number) ON DELETE CASCADE,
    name {text} NOT NULL,
    digest {text} NOT NULL,
    PRIMARY KEY (run, name)
){clustered};

-- What a run made: files below its folder, with their SHA-256.
CREATE TABLE run_artifacts (
    run BIGINT NOT NULL REFERENCES runs (number) ON DELETE CASCADE,
    path {text} NOT NULL,
    step {text},
    digest {text} NOT NULL,
    bytes BIGINT NOT NULL,
    PRIMARY KEY (run, path)
){clustered};
CREATE INDEX run_artifacts_by_digest ON run_artifacts (digest);

-- What a run said while it was at work.
CREATE TABLE run_log (
    run BIGINT NOT NULL REFERENCES runs (number) ON DELETE CASCADE,
    position BIGINT NOT NULL,
    step {text},
    level {text} NOT NULL,
    at BIGINT NOT NULL,
    text {text} NOT NULL,
    PRIMARY KEY (run, position)
){clustered};
