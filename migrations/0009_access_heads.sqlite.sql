insert into access_heads (workspace_id, seq, hash) select workspace_id, 0, zeroblob(32) from workspaces;
