/** Every address of the application in one place. */
export const views = ['mine', 'unassigned', 'all', 'snoozed', 'done', 'spam', 'archived'] as const;
export type View = (typeof views)[number];

/** What the inbox can show beside its views, named by an id. */
const queues = ['team', 'label', 'saved'] as const;
export type Queue = `${(typeof queues)[number]}.${string}`;
/** What calls oneself to a note, and what the AI answers. */
const counted = ['mentions', 'ai'] as const;
export type CountedPlace = (typeof counted)[number];
export type Place = View | CountedPlace | Queue;

export const isView = (text: string): text is View => views.some((view) => view === text);

/** Whether an address names something that the inbox can show. */
export const isPlace = (text: string): text is Place =>
  [...views, ...counted].some((place) => place === text) ||
  queues.some((queue) => text.startsWith(`${queue}.`));

export type SettingsPage =
  | 'general'
  | 'members'
  | 'roles'
  | 'permission-sets'
  | 'policy-pack'
  | 'teams'
  | 'hours'
  | 'shifts'
  | 'routing'
  | 'replies'
  | 'macros'
  | 'views'
  | 'inbox'
  | 'labels'
  | 'slack'
  | 'channels'
  | 'api-keys'
  | 'plan'
  | 'credits'
  | 'invoices'
  | 'audit';

export type OperatorPage = 'workspaces' | 'invoices' | 'requests' | 'catalogues' | 'troubles';

const workspace = (id: string) => `/w/${id}`;

export const paths = {
  login: '/login',
  signup: '/signup',
  forgot: '/forgot',
  firstPassword: '/first-password',
  workspaces: '/workspaces',
  workspace,
  inbox: (id: string, view: Place = 'all') => `${workspace(id)}/inbox/${view}`,
  conversation: (id: string, view: Place, conversation: string) =>
    `${workspace(id)}/inbox/${view}/${conversation}`,
  customers: (id: string) => `${workspace(id)}/customers`,
  customer: (id: string, customer: string) => `${workspace(id)}/customers/${customer}`,
  tasks: (id: string) => `${workspace(id)}/tasks`,
  task: (id: string, task: string) => `${workspace(id)}/tasks/${task}`,
  notifications: (id: string) => `${workspace(id)}/notifications`,
  search: (id: string) => `${workspace(id)}/search`,
  settings: (id: string, page: SettingsPage = 'general') => `${workspace(id)}/settings/${page}`,
  members: (id: string, page: 'people' | 'invitations' | 'review' | 'former' = 'people') =>
    `${workspace(id)}/settings/members${page === 'people' ? '' : `/${page}`}`,
  member: (id: string, member: string) => `${workspace(id)}/settings/members/${member}`,
  /** Where one comes back to from the payment page. */
  purchase: (id: string) => `${workspace(id)}/settings/billing`,
  ownership: (id: string) => `${workspace(id)}/ownership`,
  permissionSet: (id: string, set: string) => `${workspace(id)}/settings/permission-sets/${set}`,
  team: (id: string, team: string) => `${workspace(id)}/settings/teams/${team}`,
  channel: (id: string, channel: string) => `${workspace(id)}/settings/channels/${channel}`,
  /** What whoever runs the server sees of it. */
  operator: (page: OperatorPage = 'workspaces') => `/admin/${page}`,
  operatedWorkspace: (id: string) => `/admin/workspaces/${id}`,
  operatedCatalogue: (id: string) => `/admin/catalogues/${id}`,
  me: (page: 'profile' | 'notifications' | 'sessions' | 'appearance' | 'keyboard' = 'profile') =>
    `/me/${page}`,
};

/** What the sign-in page needs to lead back to an address; itself and the start are nowhere to come back to. */
export const comingBackTo = (href: string): { next?: string } =>
  href === '/' || href.startsWith(paths.login) ? {} : { next: href };
