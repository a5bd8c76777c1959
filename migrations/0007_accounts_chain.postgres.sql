insert into instance_heads (chain, seq, hash) values ('accounts', 0, decode(repeat('00', 32), 'hex'));
