pub mod export;
pub mod list;
mod query;
mod readable;
mod table;
pub mod verification;
pub mod view;
