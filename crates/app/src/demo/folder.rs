//! The demo's data folder. A note in it says what the demo made there, so that a real installation is never taken for
//! a demo, and a sample workspace that was cut off half-way is made anew.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::data_folder;

/// The note's name.
const NOTE: &str = "demo.txt";
/// What the demo leaves in its folder and nobody has used while the sample workspace is unfinished.
const MADE: [&str; 5] = ["guildhall.db", "guildhall.db-wal", "guildhall.db-shm", "files", "mail"];

/// What a demo starts with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Filling {
    Sample,
    Nothing,
}

impl Filling {
    const fn note(self) -> &'static str {
        match self {
            Self::Sample => "sample workspace",
            Self::Nothing => "started empty",
        }
    }

    /// Where it is kept unless somebody says otherwise.
    pub(crate) const fn folder(self) -> &'static str {
        match self {
            Self::Sample => "data/demo",
            Self::Nothing => "data/empty",
        }
    }
}

const UNFINISHED: &str = "unfinished sample workspace";

/// A folder that belongs to a demo of one filling.
pub(crate) struct DemoFolder {
    path: PathBuf,
    /// The sample workspace is still to be made.
    pub(crate) needs_sample: bool,
}

impl DemoFolder {
    /// Takes the folder, making it when it is not there.
    ///
    /// # Errors
    /// It holds something else than a demo of this filling, or cannot be written.
    pub(crate) fn open(path: &Path, filling: Filling) -> Result<Self, String> {
        let problem = |error: io::Error| format!("cannot use {}: {error}", path.display());
        data_folder::make(path)?;
        let note = match fs::read_to_string(path.join(NOTE)) {
            Ok(note) => Some(note),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(problem(error)),
        };
        let folder = Self { path: path.to_owned(), needs_sample: false };
        match note.as_deref().map(str::trim) {
            Some(note) if note == filling.note() => Ok(folder),
            Some(UNFINISHED) => {
                folder.clear().map_err(problem)?;
                folder.begin(filling).map_err(problem)
            }
            None if !path.join(MADE[0]).exists() => folder.begin(filling).map_err(problem),
            Some(_) | None => Err(format!(
                "{} holds another installation, and the demo deletes nothing; name another folder with --data-dir",
                path.display()
            )),
        }
    }

    fn begin(mut self, filling: Filling) -> io::Result<Self> {
        self.needs_sample = filling == Filling::Sample;
        self.write(if self.needs_sample { UNFINISHED } else { filling.note() })?;
        Ok(self)
    }

    /// The sample workspace is whole.
    ///
    /// # Errors
    /// The note cannot be written.
    pub(crate) fn finished(&self) -> io::Result<()> {
        self.write(Filling::Sample.note())
    }

    fn write(&self, note: &str) -> io::Result<()> {
        fs::write(self.path.join(NOTE), format!("{note}\n"))
    }

    fn clear(&self) -> io::Result<()> {
        for name in MADE {
            let path = self.path.join(name);
            let gone = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
            match gone {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(path: &Path, filling: Filling) -> Result<bool, String> {
        DemoFolder::open(path, filling).map(|folder| folder.needs_sample)
    }

    #[test]
    fn the_sample_is_made_once_and_anew_only_when_it_was_cut_off() {
        let scratch = tempfile::tempdir().expect("a folder");
        let path = scratch.path().join("demo");
        assert_eq!(open(&path, Filling::Sample), Ok(true));
        fs::write(path.join("guildhall.db"), "half").expect("written");
        fs::create_dir(path.join("files")).expect("made");
        let again = DemoFolder::open(&path, Filling::Sample).expect("ours");
        assert!(again.needs_sample && !path.join("guildhall.db").exists() && !path.join("files").exists());
        again.finished().expect("noted");
        fs::write(path.join("guildhall.db"), "whole").expect("written");
        assert_eq!(open(&path, Filling::Sample), Ok(false));
        assert!(path.join("guildhall.db").exists());
    }

    #[test]
    fn what_is_not_the_demos_own_stays_untouched() {
        let scratch = tempfile::tempdir().expect("a folder");
        let real = scratch.path().join("data");
        fs::create_dir(&real).expect("made");
        fs::write(real.join("guildhall.db"), "customers").expect("written");
        for filling in [Filling::Sample, Filling::Nothing] {
            assert!(open(&real, filling).expect_err("a real installation").contains("--data-dir"));
        }
        let empty = scratch.path().join("empty");
        assert_eq!(open(&empty, Filling::Nothing), Ok(false));
        assert_eq!(open(&empty, Filling::Nothing), Ok(false));
        assert!(open(&empty, Filling::Sample).is_err());
        assert_eq!(fs::read_to_string(real.join("guildhall.db")).expect("there"), "customers");
    }
}
