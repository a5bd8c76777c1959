//! How large SQLite takes its tables to be. What was never counted it takes for ten rows, and then reads a whole
//! workspace rather than look into an index. PostgreSQL counts by itself.

use rusqlite::Connection;

/// Has a sample counted of every table that has grown much since the last time; costs next to nothing when none has.
/// When that fails everything goes on as before.
pub(super) fn measure(connection: &Connection) {
    if let Err(error) = connection.execute_batch("begin; pragma optimize = 0x10012; commit;") {
        let _ = connection.execute_batch("rollback");
        tracing::warn!(%error, "the tables could not be measured");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_grown_is_looked_up_in_its_index() {
        let connection = Connection::open_in_memory().unwrap();
        let table = "
            create table work (workspace_id, id, customer_id, status, primary key (workspace_id, id)) without rowid;
            create index work_of_customer on work (workspace_id, customer_id);
            with recursive rows (id) as (select 1 union all select id + 1 from rows where id < 1000)
            insert into work select 1, id, id, 'open' from rows;";
        connection.execute_batch(table).unwrap();
        measure(&connection);
        let plan = "explain query plan select status from work where workspace_id = 1 and customer_id = 5";
        let plan: String = connection.query_row(plan, [], |row| row.get("detail")).unwrap();
        assert!(plan.contains("work_of_customer"), "{plan}");
    }
}
