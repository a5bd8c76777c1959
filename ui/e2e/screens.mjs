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
