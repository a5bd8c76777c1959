import { messages as pages } from './es/pages.po';
import { messages as workspace } from './es/workspace.po';

export const messages = { ...workspace, ...pages };
