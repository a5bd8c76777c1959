import './client';
import './rotation';

export { can, type Verdict } from './can';
export { onPreviewEnded, onSignedOut, sessionBegan } from './client';
export { confirmWith } from './confirmation';
export * from './generated';
export * from './generated/@tanstack/react-query.gen';
export { client } from './generated/client.gen';
export {
  forgetPreview,
  isPreviewed,
  type KeptPreview,
  preview,
  rememberPreview,
} from './preview';
export { asProblem, ProblemError } from './problem';
