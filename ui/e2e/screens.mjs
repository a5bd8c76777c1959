// What people see and do on screens that several stories visit.

/** The inbox in somebody's window. */
export class Inbox {
  constructor(page, person) {
    this.page = page;
    this.person = person;
    this.rows = page.locator('main [role=list]').getByRole('listitem');
    this.log = page.locator('#messages');
    this.messages = this.log.getByRole('article');
    this.field = page.locator('#reply');
    this.files = page.locator('#reply-files');
    this.note = page.locator('#note');
    this.handover = page.getByRole('region', { name: 'Hand-over' });
    this.presence = page.getByRole('main').getByRole('status');
    this.stale = page.getByRole('region', { name: 'Your reply was not sent' });
  }

  async open(view = 'all', conversation = '') {
    await this.page.goto(`/w/${this.person.workspace}/inbox/${view}/${conversation}`);
  }

  row(name) {
    return this.rows.filter({ has: this.page.getByRole('link', { name, exact: true }) });
  }

  /** A view in the navigation, with its count. */
  view(name) {
    return this.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name });
  }

  message(text) {
    return this.messages.filter({ hasText: text });
  }

  async reply(text) {
    await this.field.fill(text);
    await this.field.press('Control+Enter');
  }
}

/** The audit log in somebody's window. */
export class AuditLog {
  constructor(page, person) {
    this.page = page;
    this.person = person;
    this.entries = page.getByRole('main').locator('ol > li');
  }

  async open() {
    await this.page.goto(`/w/${this.person.workspace}/settings/audit`);
  }

  /** Entries whose sentence begins like this; the newest comes first. */
  entry(sentence) {
    return this.entries.filter({ hasText: sentence }).first();
  }

  /** What stands in the address. */
  search() {
    return Object.fromEntries(new URL(this.page.url()).searchParams);
  }
}

/** The roles in somebody's window. */
export class Roles {
  constructor(page, person) {
    this.page = page;
    this.person = person;
    this.grid = page.getByRole('grid');
    this.bar = page.getByRole('button', { name: 'Review and save' });
    this.review = page.getByRole('dialog', { name: 'Review the changes' });
  }

  async open(search = '') {
    await this.page.goto(`/w/${this.person.workspace}/settings/roles${search}`);
    await this.grid.waitFor();
  }

  /** The column of a role, from its name. */
  head(role) {
    return this.grid.getByRole('columnheader').getByRole('button', { name: new RegExp(`^${role}`) });
  }

  /** What a role may do about a permission, as a button that changes it. */
  async cell(permission, role) {
    // A role that was just made may not be among them yet.
    await this.grid.getByRole('columnheader').filter({ hasText: role }).first().waitFor();
    const heads = await this.grid.getByRole('columnheader').allInnerTexts();
    const column = heads.findIndex((text) => text.startsWith(role)) - 1;
    return this.row(permission).getByRole('gridcell').nth(column).getByRole('button');
  }

  row(permission) {
    const name = this.page.getByText(permission, { exact: true });
    return this.grid.getByRole('row').filter({ has: this.page.getByRole('rowheader').filter({ has: name }) });
  }

  async save() {
    await this.bar.click();
    await this.review.getByRole('button', { name: 'Save', exact: true }).click();
    await this.review.waitFor({ state: 'hidden' });
  }
}

/** The chat on a page of somebody's website. */
export class Chat {
  constructor(page) {
    this.page = page;
    this.launcher = page.locator('guildhall-chat .launcher');
    this.badge = page.locator('guildhall-chat .badge');
    this.panel = page.locator('guildhall-chat').getByRole('dialog');
    this.log = this.panel.getByRole('log');
    this.messages = this.log.locator('.message');
    this.field = this.panel.getByRole('textbox', { name: /^(Message|Mensaje)$/ });
  }

  /** Opens the panel and says who one is. */
  async begin(name) {
    await this.launcher.click();
    await this.panel.getByLabel('Name').fill(name);
    await this.panel.getByRole('button', { name: 'Start chat' }).click();
  }

  async write(text) {
    await this.field.fill(text);
    await this.field.press('Enter');
  }

  message(text) {
    return this.messages.filter({ hasText: text });
  }
}

/** Settings → Members in somebody's window. */
export class Members {
  constructor(page, person) {
    this.page = page;
    this.person = person;
    this.main = page.getByRole('main');
    this.dialog = page.getByRole('dialog');
  }

  async open(list = '') {
    await this.page.goto(`/w/${this.person.workspace}/settings/members/${list}`);
  }

  row(name) {
    return this.main.getByRole('row').filter({ hasText: name });
  }

  /** The button that shows a member's role, and opens the others. */
  role(name) {
    return this.row(name).getByRole('button', { name: /^Role of/ });
  }

  async giveRole(name, role) {
    await this.role(name).click();
    await this.page.getByRole('menuitemradio', { name: new RegExp(`^${role}`) }).click();
  }

  /** Chooses what to do about a member. */
  async choose(name, item) {
    await this.row(name)
      .getByRole('button', { name: /^More about/ })
      .click();
    await this.page.getByRole('menuitem', { name: item }).click();
  }

  /** Answers the dialog that is open, after typing what it asks for. */
  async confirm(button, typed) {
    if (typed) await this.dialog.getByLabel(/^Type/).fill(typed);
    await this.dialog.getByRole('button', { name: button, exact: true }).click();
  }
}

/** Until something has the focus. */
export function focused(element) {
  return element.and(element.page().locator(':focus')).waitFor();
}

/** Until letters are shortcuts again: so soon after typing they still belong to the word. */
export async function rested(page) {
  const from = await page.evaluate(() => performance.now());
  await page.waitForFunction((from) => performance.now() - from > 400, from);
}
