-- What was sent to MLflow servers, so that nothing is sent twice. Moments are milliseconds since 1970 UTC.

-- This store's own name, made once: runs of several stores may be on one server.
CREATE TABLE mlflow_origin (
    id {text} NOT NULL
);

-- Servers, by address. Runs with a number above after_run are sent as they end; NULL: none are. One process at a time sends.
CREATE TABLE mlflow_servers (
    server {text} PRIMARY KEY,
    after_run BIGINT,
    holder {text},
    lease_until BIGINT
){clustered};

-- Experiments by their ids there. Another id than before: the server was made anew, and nothing of it is there any more.
CREATE TABLE mlflow_experiments (
    server {text} NOT NULL,
    experiment BIGINT NOT NULL REFERENCES experiments (number),
    remote {text} NOT NULL,
    PRIMARY KEY (server, experiment)
){clustered};

-- Runs by their ids there. Sent: 0 not all of it, 1 all but its files, 2 all. What the server did not take stands in problem.
CREATE TABLE mlflow_runs (
    server {text} NOT NULL,
    run BIGINT NOT NULL REFERENCES runs (number) ON DELETE CASCADE,
    remote {text} NOT NULL,
    sent BIGINT NOT NULL,
    problem {text},
    PRIMARY KEY (server, run)
){clustered};

-- Files that have arrived.
CREATE TABLE mlflow_files (
    server {text} NOT NULL,
    run BIGINT NOT NULL REFERENCES runs (number) ON DELETE CASCADE,
    path {text} NOT NULL,
    digest {text} NOT NULL,
    PRIMARY KEY (server, run, path)
){clustered};
