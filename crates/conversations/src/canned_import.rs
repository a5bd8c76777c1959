//! Canned responses from a table: what is good comes in, and what is not is named by its row.

use kernel::{CannedResponseId, Line, LongText, Problem, TeamId};
use serde::Deserialize;
use tenancy::{CannedResponseManage, Permission, Tx};

use crate::{Audience, AudienceKind, NewCannedResponse, Refusal, Shortcut, ToolRefusal, canned_response::insert};

/// So many rows are read from one file.
const MOST_ROWS: usize = 500;

/// What became of a file.
#[derive(Debug, Clone, Default)]
pub struct Imported {
    pub created: Vec<CannedResponseId>,
    pub failed: Vec<FailedRow>,
}

/// A row that did not come in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailedRow {
    /// Its line in the file, the heading being the first.
    pub line: u64,
    pub code: &'static str,
    pub detail: String,
}

/// A row as its file has it.
#[derive(Deserialize)]
struct Row {
    shortcut: String,
    #[serde(default)]
    title: String,
    text: String,
}

/// Takes in a table in CSV with the columns `shortcut`, `text` and, if there is one, `title`; others are passed over.
///
/// # Errors
/// It is no such table, has too many rows, or its scope is not the member's to write for.
pub async fn import_canned_responses(
    tx: &mut Tx<CannedResponseManage>,
    file: &[u8],
    scope: AudienceKind,
    team: Option<TeamId>,
) -> Result<Imported, Refusal> {
    let audience = Audience::wanted(tx, scope, team, Permission::CannedResponseManage).await?;
    let mut imported = Imported::default();
    for (line, row) in rows(file)? {
        let outcome = match row.and_then(|row| checked(row, scope, team)) {
            Ok(new) => insert(tx, &new, audience).await,
            Err(why) => {
                imported.failed.push(FailedRow { line, code: "invalid", detail: why });
                continue;
            }
        };
        match outcome {
            Ok(id) => imported.created.push(id),
            Err(Refusal::Tool(refusal)) => {
                let Problem { code, detail, .. } = refusal.into();
                imported.failed.push(FailedRow { line, code, detail });
            }
            Err(refusal) => return Err(refusal),
        }
    }
    Ok(imported)
}

type Lines = Vec<(u64, Result<Row, String>)>;

fn rows(file: &[u8]) -> Result<Lines, ToolRefusal> {
    // Spreadsheets begin their files with a mark of the encoding.
    let file = file.strip_prefix("\u{feff}".as_bytes()).unwrap_or(file);
    let mut table = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::Headers).from_reader(file);
    let heading = table.headers().map_err(|error| ToolRefusal::NoTable(error.to_string()))?.clone();
    if let Some(missing) = ["shortcut", "text"].into_iter().find(|column| !heading.iter().any(|name| name == *column)) {
        return Err(ToolRefusal::NoTable(format!("it has no column named {missing}.")));
    }
    let mut lines = Vec::new();
    for record in table.records() {
        if lines.len() == MOST_ROWS {
            return Err(ToolRefusal::TooManyRows { most: MOST_ROWS });
        }
        let line = |place: Option<&csv::Position>| place.map_or(0, csv::Position::line);
        lines.push(match record {
            Ok(record) => {
                let row = record.deserialize(Some(&heading)).map_err(|_| "is no whole row".to_owned());
                (line(record.position()), row)
            }
            Err(error) => (line(error.position()), Err("is not written in UTF-8".to_owned())),
        });
    }
    Ok(lines)
}

fn checked(row: Row, scope: AudienceKind, team: Option<TeamId>) -> Result<NewCannedResponse, String> {
    let shortcut = Shortcut::try_from(row.shortcut).map_err(|why| format!("shortcut {why}"))?;
    let title = if row.title.trim().is_empty() { shortcut.as_str().to_owned() } else { row.title };
    Ok(NewCannedResponse {
        title: Line::try_from(title).map_err(|why| format!("title {why}"))?,
        text: LongText::try_from(row.text).map_err(|why| format!("text {why}"))?,
        shortcut,
        scope,
        team,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(file: &str) -> Vec<(u64, Result<String, String>)> {
        let rows = rows(file.as_bytes()).expect("a table");
        rows.into_iter().map(|(line, row)| (line, row.map(|row| row.text))).collect()
    }

    #[test]
    fn a_table_is_read_whatever_the_order_of_its_columns() {
        let table = "\u{feff}text,extra, shortcut\n\"Hello,\nthere\",x,hi\nBye,,bye\n";
        assert_eq!(read(table), [(2, Ok("Hello,\nthere".into())), (4, Ok("Bye".into()))]);
        assert_eq!(read("shortcut,text\nonly\n"), [(2, Err("is no whole row".into()))]);
    }

    #[test]
    fn what_is_no_such_table_is_refused() {
        for file in ["", "a,b\n1,2\n", "shortcut\nhi\n"] {
            assert!(matches!(rows(file.as_bytes()), Err(ToolRefusal::NoTable(_))), "{file:?}");
        }
        let many = format!("shortcut,text\n{}", "a,b\n".repeat(MOST_ROWS + 1));
        assert!(matches!(rows(many.as_bytes()), Err(ToolRefusal::TooManyRows { .. })));
    }
}
