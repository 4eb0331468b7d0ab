//! What the examples share: reading articles, writing to where the user wants it, leaving quietly.
#![allow(dead_code, reason = "every example uses its own part of this")]

pub(crate) mod bar;

use std::fs::File;
use std::io::{self, BufReader, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use quotetrace::input::{self, JsonLines, ReadOptions};
use quotetrace::{Document, Result};

/// What `--help` says of the exit status.
pub(crate) const EXIT_STATUS: &str = "\
Exit status:
  0  all went well
  1  an article could not be read, or the output could not be written; the rest was done
  2  the command line is wrong; nothing was done";

/// The documents of `paths`, or of the lines of standard input where there are none.
pub(crate) fn documents(paths: &[PathBuf], lossy: bool) -> Box<dyn Iterator<Item = Result<Document>> + Send> {
    let options = ReadOptions::DEFAULT.with_lossy(lossy);
    if paths.is_empty() {
        Box::new(JsonLines::named(BufReader::new(io::stdin()), "standard input", &options))
    } else {
        Box::new(input::read(paths, &options).with_progress(bar::Bar::new().into_report()))
    }
}

/// Tells on standard error what is wrong with one document; the others go on.
pub(crate) fn complain(error: &quotetrace::Error) {
    bar::clear();
    eprintln!("error: {error}");
}

/// Where the output goes: the file named, or standard output.
pub(crate) fn output(path: Option<&Path>) -> io::Result<Box<dyn Write>> {
    Ok(match path {
        Some(path) => Box::new(BufWriter::new(create(path)?)),
        None => Box::new(BufWriter::new(io::stdout().lock())),
    })
}

/// A new file; an error names it.
pub(crate) fn create(path: &Path) -> io::Result<File> {
    File::create(path).map_err(|error| {
        let place = path.display();
        io::Error::new(error.kind(), format!("{place}: {error}; --output names a file that can be written"))
    })
}

/// Whether output to `path` is looked at by a person who may like colour.
pub(crate) fn is_coloured(path: Option<&Path>) -> bool {
    path.is_none() && io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}

/// An error of the library as one of output: its own kind if it is one.
pub(crate) fn output_error(error: quotetrace::Error) -> io::Error {
    match error {
        quotetrace::Error::Io(error) => error,
        other => io::Error::other(other),
    }
}

/// The exit status: 0 if all went well, 1 if a document was not taken in or the output failed. A reader that has
/// had enough (`| head`) is no failure.
pub(crate) fn status(complaints: usize, written: io::Result<()>) -> ExitCode {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            bar::clear();
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
        Ok(()) if complaints > 0 => ExitCode::FAILURE,
        Ok(()) => ExitCode::SUCCESS,
    }
}
