// Very many conversations, made where they are kept.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const python = process.env.PYTHON ?? 'python3';

/** Makes so many of the one conversation that is there, in the database file itself. */
export function multiply(folder, many) {
  const copies = (table, changes) => `
    create temp table copy as select ${table}.*, i from ${table}, numbers;
    update copy set ${changes};
    alter table copy drop column i;
    insert into ${table} select * from copy;
    drop table copy;`;
  const id = (letter) => `cast(printf('${letter}%015d', i) as blob)`;
  const sql = `
    create temp table numbers as
      with recursive numbers (i) as (select 1 union all select i + 1 from numbers where i < ${many}) select i from numbers;
    ${copies('customers', `id = ${id('c')}, display_name = 'Customer ' || i`)}
    ${copies('conversations', `id = ${id('k')}, customer_id = ${id('c')}, last_activity_at = last_activity_at - 60000 * i`)}
    ${copies('messages', `id = ${id('m')}, conversation_id = ${id('k')}, external_id = null`)}
    update conversation_counts set n = n + ${many} where status = 'open';`;
  const load = 'import sqlite3, sys; sqlite3.connect(sys.argv[1]).executescript(sys.stdin.read())';
  execFileSync(python, ['-c', load, join(folder, 'guildhall.db')], { input: sql });
}
