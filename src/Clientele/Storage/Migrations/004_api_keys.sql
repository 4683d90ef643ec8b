-- Who may use the service. Moments are milliseconds since 1970 UTC.

-- The digest is the SHA-256 of the key's text, which is kept nowhere.
CREATE TABLE api_keys (
    id {text} PRIMARY KEY,
    name {text} NOT NULL,
    role {text} NOT NULL,
    digest {text} NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    revoked_at BIGINT,
    created_by {text} NOT NULL
){clustered};
