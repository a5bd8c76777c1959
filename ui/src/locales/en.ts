import { messages as pages } from './en/pages.po';
import { messages as workspace } from './en/workspace.po';

export const messages = { ...workspace, ...pages };
