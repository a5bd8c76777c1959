//! Tables for spreadsheets.

use axum::http::HeaderValue;

pub(crate) const CSV: HeaderValue = HeaderValue::from_static("text/csv; charset=utf-8");

/// Says that the answer is a file of this name.
pub(crate) fn attachment(name: &str) -> HeaderValue {
    HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")).unwrap_or(HeaderValue::from_static("attachment"))
}

/// Rows of a table (RFC 4180), under its heading where it begins.
pub(crate) fn csv<const N: usize>(
    heading: Option<&[&str; N]>,
    rows: impl IntoIterator<Item = [String; N]>,
) -> std::io::Result<Vec<u8>> {
    let mut table = csv::Writer::from_writer(Vec::new());
    if let Some(heading) = heading {
        table.write_record(heading)?;
    }
    for row in rows {
        table.write_record(row)?;
    }
    table.into_inner().map_err(|error| std::io::Error::other(error.to_string()))
}

/// A cell that no spreadsheet takes for a formula (OWASP, CSV injection): an apostrophe goes before what would begin
/// one.
pub(crate) fn inert(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { format!("'{cell}") } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_begins_like_a_formula() {
        for bad in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"] {
            assert_eq!(inert(bad.to_owned()), format!("'{bad}"));
        }
        for fine in ["", "Ann", "2026-01-05", "a=b", "{\"name\":\"=1\"}"] {
            assert_eq!(inert(fine.to_owned()), fine);
        }
    }
}
