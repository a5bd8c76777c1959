//! The data folder: everything that is nobody else's business lies in it, so nobody else may look inside.

use std::{
    fs::{DirBuilder, Metadata},
    os::unix::fs::{DirBuilderExt, PermissionsExt},
    path::Path,
};

/// Makes the folder for this user alone. One that is there stays as it is; `guildhall doctor` looks at it.
///
/// # Errors
/// It cannot be made.
pub(crate) fn make(path: &Path) -> Result<(), String> {
    let made = DirBuilder::new().recursive(true).mode(0o700).create(path);
    made.map_err(|error| format!("cannot make {}: {error}", path.display()))
}

/// Whether other users of the machine may look into it.
pub(crate) fn is_open_to_others(metadata: &Metadata) -> bool {
    metadata.permissions().mode() & 0o077 != 0
}
