-- What runs were told to do, under the SHA-256 that runs.settings_digest holds: settings of equal runs stand here once.
CREATE TABLE run_settings (
    digest {text} PRIMARY KEY,
    settings {text} NOT NULL
){clustered};
