//! What a run found: printed as tables, kept in `results.json`.

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Map, Value as Json, json};

use crate::{load::Figures, machine};

/// The figures of one section and the bars they are held against.
pub struct Section {
    pub letter: char,
    title: &'static str,
    rows: Vec<Row>,
    bars: Vec<Bar>,
}

struct Row {
    name: String,
    cells: Vec<(&'static str, f64)>,
}

struct Bar {
    what: String,
    value: f64,
    bound: Bound,
}

/// Which side of a bar is good.
#[derive(Clone, Copy)]
pub enum Bound {
    AtLeast(f64),
    AtMost(f64),
}

impl Bar {
    fn holds(&self) -> bool {
        match self.bound {
            Bound::AtLeast(bound) => self.value >= bound,
            Bound::AtMost(bound) => self.value <= bound,
        }
    }

    fn sign_and_bound(&self) -> (&'static str, f64) {
        match self.bound {
            Bound::AtLeast(bound) => ("≥", bound),
            Bound::AtMost(bound) => ("≤", bound),
        }
    }
}

impl Section {
    pub fn new(letter: char, title: &'static str) -> Self {
        eprintln!("\n{letter}  {title}");
        Self { letter, title, rows: Vec::new(), bars: Vec::new() }
    }

    pub fn row(&mut self, name: impl Into<String>, cells: Vec<(&'static str, f64)>) {
        let row = Row { name: name.into(), cells };
        let cells: Vec<_> = row.cells.iter().map(|(column, value)| format!("{column} {}", short(*value))).collect();
        eprintln!("   {}: {}", row.name, cells.join(", "));
        self.rows.push(row);
    }

    /// A load's figures as a row.
    pub fn load(&mut self, name: impl Into<String>, figures: &Figures) {
        let cells = vec![
            ("per_second", figures.per_second()),
            ("p50_ms", figures.millis(50.0)),
            ("p99_ms", figures.millis(99.0)),
            ("server_cpu_us", figures.cpu_micros()),
            ("bytes", figures.bytes as f64 / figures.requests.max(1) as f64),
            ("failures", figures.failures as f64),
        ];
        self.row(name, cells);
    }

    pub fn bar(&mut self, what: impl Into<String>, value: f64, bound: Bound) {
        self.bars.push(Bar { what: what.into(), value, bound });
    }

    /// The section as people read it.
    pub fn print(&self) {
        println!("\n{}  {}", self.letter, self.title);
        for rows in self.rows.chunk_by(|a, b| columns(a).eq(columns(b))) {
            let width = rows.iter().map(|row| row.name.chars().count()).max().unwrap_or_default();
            let header: String = columns(&rows[0]).map(|column| format!(" {column:>14}")).collect();
            println!("   {:width$}{header}", "");
            for row in rows {
                let cells: String = row.cells.iter().map(|(_, value)| format!(" {:>14}", short(*value))).collect();
                println!("   {:width$}{cells}", row.name);
            }
        }
        for bar in &self.bars {
            let (sign, bound) = bar.sign_and_bound();
            let verdict = if bar.holds() { "holds" } else { "MISSED" };
            println!("   {verdict:6} {} {sign} {}: {}", bar.what, short(bound), short(bar.value));
        }
    }

    fn to_json(&self) -> Json {
        let rows: Vec<Json> = self
            .rows
            .iter()
            .map(|row| {
                let mut object = Map::new();
                object.insert("name".into(), json!(row.name));
                object.extend(row.cells.iter().map(|(column, value)| ((*column).to_owned(), json!(rounded(*value)))));
                Json::Object(object)
            })
            .collect();
        let bars: Vec<Json> = self
            .bars
            .iter()
            .map(|bar| {
                let key = if matches!(bar.bound, Bound::AtLeast(_)) { "at_least" } else { "at_most" };
                json!({ "what": bar.what, key: bar.sign_and_bound().1, "value": rounded(bar.value), "holds": bar.holds() })
            })
            .collect();
        json!({ "title": self.title, "rows": rows, "bars": bars })
    }
}

fn columns(row: &Row) -> impl Iterator<Item = &'static str> {
    row.cells.iter().map(|(column, _)| *column)
}

/// Three significant digits, but whole numbers whole.
fn short(value: f64) -> String {
    match value.abs() {
        _ if value.fract() == 0.0 => format!("{value:.0}"),
        size if size >= 100.0 => format!("{value:.0}"),
        size if size >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

/// The state of the machine when a section started.
pub struct Circumstances {
    load_before: Json,
    calibration_ms: f64,
    fsync_ms: f64,
}

impl Circumstances {
    pub fn now(scratch: &Path) -> Result<Self> {
        Ok(Self {
            load_before: machine::load_average(),
            calibration_ms: machine::calibrate().as_secs_f64() * 1000.0,
            fsync_ms: machine::fsync_time(scratch)?.as_secs_f64() * 1000.0,
        })
    }
}

/// Replaces a section in the results file and leaves the others as they were measured.
pub fn keep(path: &Path, section: &Section, circumstances: &Circumstances, short_run: bool) -> Result<()> {
    let mut results: Json = match std::fs::read_to_string(path) {
        Ok(text) => serde_json::from_str(&text).with_context(|| format!("{} is not JSON", path.display()))?,
        Err(_) => json!({ "sections": {} }),
    };
    results["machine"] = machine::facts();
    let mut entry = json!({
        "at": kernel::Clock::system().now(),
        "commit": machine::commit(),
        "short": short_run,
        "load_before": circumstances.load_before,
        "load_after": machine::load_average(),
        "calibration_ms": rounded(circumstances.calibration_ms),
        "fsync_ms": rounded(circumstances.fsync_ms),
    });
    if let (Json::Object(entry), Json::Object(figures)) = (&mut entry, section.to_json()) {
        entry.extend(figures);
    }
    results["sections"][section.letter.to_string()] = entry;
    std::fs::write(path, format!("{}\n", serde_json::to_string_pretty(&results)?))?;
    Ok(())
}
