//! Work for later: retries, dead jobs, the clock.
