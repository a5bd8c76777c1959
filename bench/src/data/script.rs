//! Insert statements as text, in the spelling of either engine.

use std::fmt::Write;

use anyhow::Result;
use uuid::Uuid;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

pub enum Cell {
    Id(Uuid),
    Bytes(Vec<u8>),
    Int(i64),
    Text(String),
}

impl From<Uuid> for Cell {
    fn from(id: Uuid) -> Self {
        Self::Id(id)
    }
}
impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}
impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
impl From<[u8; 32]> for Cell {
    fn from(hash: [u8; 32]) -> Self {
        Self::Bytes(hash.to_vec())
    }
}

/// A growing list of inserts.
pub struct Script {
    engine: Engine,
    text: String,
}

impl Script {
    pub const fn new(engine: Engine) -> Self {
        Self { engine, text: String::new() }
    }

    pub fn insert<const N: usize>(&mut self, table: &str, row: [(&str, Cell); N]) -> Result<()> {
        let columns: Vec<&str> = row.iter().map(|(column, _)| *column).collect();
        let values: Vec<String> = row.iter().map(|(_, cell)| self.literal(cell)).collect();
        Ok(writeln!(self.text, "insert into {table} ({}) values ({});", columns.join(", "), values.join(", "))?)
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    fn literal(&self, cell: &Cell) -> String {
        match (cell, self.engine) {
            (Cell::Id(id), Engine::Sqlite) => format!("x'{}'", id.simple()),
            (Cell::Id(id), Engine::Postgres) => format!("'{id}'"),
            (Cell::Bytes(bytes), Engine::Sqlite) => format!("x'{}'", hex(bytes)),
            (Cell::Bytes(bytes), Engine::Postgres) => format!("'\\x{}'", hex(bytes)),
            (Cell::Int(number), _) => number.to_string(),
            (Cell::Text(text), _) => format!("'{}'", text.replace('\'', "''")),
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
