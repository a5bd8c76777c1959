-- One link of the event chain: SHA-256(previous ‖ seq ‖ row_hash), seq as eight bytes, big end first.
create function chain_hash(previous bytea, seq bigint, row_hash bytea) returns bytea
    language sql immutable strict return sha256(previous || int8send(seq) || row_hash);
