//! What can go wrong at the store, and what to do about it.

use sqlx::error::DatabaseError;

/// What can go wrong at the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// `DATABASE_URL` is no PostgreSQL URL.
    #[error("DATABASE_URL cannot be used: {0} is no URL that PostgreSQL's clients understand")]
    Url(String),
    /// PostgreSQL, or the way to it.
    #[error("PostgreSQL: {0}")]
    Database(#[from] sqlx::Error),
    /// A migration.
    #[error("bringing the schema up to date: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// Others change the same rows at the same time.
    #[error("the ledger is being changed by others")]
    Busy,
    /// A row that this release cannot read.
    #[error("{0} in the database is not what this release writes")]
    Corrupt(&'static str),
}

/// What an error asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// The same again, a little later.
    Retry,
    /// One of the rows can never be stored: find it and set it aside.
    SplitBatch,
    /// Nothing helps until somebody changes the set-up.
    GiveUp,
}

/// Why storing has to wait, as people are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// PostgreSQL cannot be reached, or is starting or stopping.
    Away,
    /// It does not finish in time.
    Slow,
    /// Another transaction was in the way; the same again at once.
    Contention,
    /// Its disk is full.
    DiskFull,
    /// It takes no writes: a standby, or a database that was set so.
    ReadOnly,
    /// It has no connection left for this role.
    TooManyConnections,
    /// It refuses one message, and its quarantine too.
    Refused,
    /// Anything else; the log has the words.
    Other,
}

impl Trouble {
    /// What it is and what helps, as a sentence.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Away => "PostgreSQL cannot be reached",
            Self::Slow => "PostgreSQL does not finish a commit in time",
            Self::Contention => "another transaction in PostgreSQL is in the way",
            Self::DiskFull => "PostgreSQL's disk is full: free some space",
            Self::ReadOnly => "PostgreSQL takes no writes: is DATABASE_URL a standby's?",
            Self::TooManyConnections => "PostgreSQL has no connection left for this role",
            Self::Refused => "PostgreSQL refuses a message, and to set it aside: the log says why",
            Self::Other => "PostgreSQL refuses to store: the log says why",
        }
    }
}

impl StoreError {
    /// Why storing has to wait.
    pub fn trouble(&self) -> Trouble {
        if matches!(self, Self::Busy) {
            return Trouble::Contention;
        }
        let Some(code) = self.sqlstate() else {
            return Trouble::Away;
        };
        match code.as_str() {
            "53100" => Trouble::DiskFull,
            "53300" => Trouble::TooManyConnections,
            "25006" => Trouble::ReadOnly,
            // Serialization failure, deadlock, lock not available.
            "40001" | "40P01" | "55P03" => Trouble::Contention,
            code if ["08", "57P"].iter().any(|class| code.starts_with(class)) => Trouble::Away,
            _ => Trouble::Other,
        }
    }

    /// Whether the same call may succeed later without anybody's doing.
    pub fn is_transient(&self) -> bool {
        self.remedy() == Remedy::Retry
    }

    /// PostgreSQL's five-character code, if the error is PostgreSQL's.
    pub fn sqlstate(&self) -> Option<String> {
        match self {
            Self::Database(error) => code_of(error),
            _ => None,
        }
    }

    /// What this error asks for. What is not known to be final is retried:
    /// an order is never given up for an error that nobody foresaw.
    ///
    /// SQLSTATE classes: PostgreSQL manual, appendix A.
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::Url(_) | Self::Corrupt(_) => Remedy::GiveUp,
            Self::Busy => Remedy::Retry,
            Self::Database(error) => remedy_of(error),
            Self::Migration(error) => match error {
                sqlx::migrate::MigrateError::Execute(error)
                | sqlx::migrate::MigrateError::ExecuteMigration(error, _) => {
                    match remedy_of(error) {
                        Remedy::Retry if code_of(error).is_none_or(|code| is_away(&code)) => {
                            Remedy::Retry
                        }
                        _ => Remedy::GiveUp,
                    }
                }
                _ => Remedy::GiveUp,
            },
        }
    }
}

fn code_of(error: &sqlx::Error) -> Option<String> {
    error
        .as_database_error()
        .and_then(DatabaseError::code)
        .map(std::borrow::Cow::into_owned)
}

/// Connection trouble, shutdown, exhaustion, read-only standby.
fn is_away(code: &str) -> bool {
    ["08", "53", "57P", "25006"]
        .iter()
        .any(|class| code.starts_with(class))
}

fn remedy_of(error: &sqlx::Error) -> Remedy {
    match error {
        sqlx::Error::Configuration(_) => Remedy::GiveUp,
        // A value that cannot even be sent, such as a text with NUL.
        sqlx::Error::Encode(_) => Remedy::SplitBatch,
        _ => match code_of(error).as_deref() {
            // Wrong password or role, no such database, no such table, no right.
            Some("3D000" | "42P01" | "42501") => Remedy::GiveUp,
            Some(code) if code.starts_with("28") => Remedy::GiveUp,
            // Data exception, constraint violation, program limit exceeded.
            Some(code)
                if ["22", "23", "54"]
                    .iter()
                    .any(|class| code.starts_with(class)) =>
            {
                Remedy::SplitBatch
            }
            _ => Remedy::Retry,
        },
    }
}
