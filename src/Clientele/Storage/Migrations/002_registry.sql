-- Versions of models, the names that point to them, and who did what and why. Moments are milliseconds since 1970 UTC.

-- A bundle under its number. The digest is that of its manifest, which names the SHA-256 of every file; the files are objects.
CREATE TABLE model_versions (
    model {text} NOT NULL,
    version BIGINT NOT NULL,
    digest {text} NOT NULL,
    run {text} NOT NULL,
    created_at BIGINT NOT NULL,
    deleted_at BIGINT,
    PRIMARY KEY (model, version)
){clustered};
CREATE INDEX model_versions_by_digest ON model_versions (digest);

-- What a name such as champion points to now.
CREATE TABLE model_aliases (
    model {text} NOT NULL,
    alias {text} NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (model, alias),
    FOREIGN KEY (model, version) REFERENCES model_versions (model, version)
){clustered};

-- Everything that was done, in order, never changed: each row holds the SHA-256 of its content and of the row before.
CREATE TABLE audit (
    number BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    actor {text} NOT NULL,
    action {text} NOT NULL,
    model {text} NOT NULL,
    version BIGINT,
    alias {text},
    reason {text} NOT NULL,
    detail {text} NOT NULL,
    previous {text} NOT NULL,
    digest {text} NOT NULL
);
CREATE INDEX audit_of_model ON audit (model, alias, number);
