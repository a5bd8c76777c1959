import './client';

export { can, type Verdict } from './can';
export { onSignedOut } from './client';
export * from './generated';
export * from './generated/@tanstack/react-query.gen';
export { asProblem, ProblemError } from './problem';
