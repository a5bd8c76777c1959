insert into instance_heads (chain, seq, hash) values ('accounts', 0, zeroblob(32));
