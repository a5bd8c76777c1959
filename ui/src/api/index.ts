import './client';

export { can, type Verdict } from './can';
export { onSignedOut } from './client';
export { confirmWith } from './confirmation';
export * from './generated';
export * from './generated/@tanstack/react-query.gen';
export { client } from './generated/client.gen';
export { asProblem, ProblemError } from './problem';
