//! The whole server, through its doors, as people use it: a real database, real HTTP, named people.
//!
//! `GUILDHALL_TEST_DATABASE` names a PostgreSQL server to run on (each world makes and drops a database of its own
//! there); without it every world is a SQLite file.

mod house;
mod stories;
mod support;
