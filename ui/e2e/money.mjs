// The way through money that every catalogue's story goes: a customer in a window of their own, and the operator beside.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command, operate } from './server.mjs';
import { password } from './stage.mjs';

/** Who signs up in a browser, invites, buys and gives back. */
export class Customer {
  static async signUp(scene, name) {
    const page = await scene.window();
    const email = `${name.toLowerCase()}@example.com`;
    await page.goto('/signup');
    await page.getByLabel('Your name').fill(name);
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByRole('button', { name: `${name}'s Workspace Owner` }).waitFor();
    const workspace = new URL(page.url()).pathname.split('/')[2];
    return new Customer(scene, page, { name, email, workspace, cookie: await cookieIn(page) });
  }

  constructor(scene, page, person) {
    Object.assign(this, { scene, page, person });
    this.dialog = page.getByRole('dialog');
    /** What is told on every screen but those it is about. */
    this.banner = page.getByRole('region', { name: /^(Plan|Credits)$/ });
  }

  /** Days pass, and who comes back signs in again. */
  async comeBackAfter(days) {
    await this.scene.pass(days);
    await this.signIn();
  }

  async signIn() {
    const { page, person } = this;
    await page.goto('/login');
    await page.getByLabel('E-mail').fill(person.email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: `${person.name}'s Workspace Owner` }).waitFor();
    person.cookie = await cookieIn(page);
  }

  /** Opens a page of the settings. */
  async open(path) {
    await this.page.goto(`/w/${this.person.workspace}/settings/${path}`);
  }

  /** A row of the comparison, plan by plan. */
  async compare(row) {
    const { page } = this;
    const found = page
      .getByRole('row')
      .filter({ has: page.getByRole('rowheader', { name: row, exact: true }) });
    await found.waitFor();
    return found.getByRole('cell').allTextContents();
  }

  button(name) {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** The button that chooses a plan. */
  choice(plan) {
    return this.button(`Choose ${plan}`);
  }

  /** Why a button does nothing, as whoever points at it is told. */
  async why(button) {
    await button.hover();
    return this.page.getByRole('tooltip').textContent();
  }

  /** Orders a plan by invoice, after seeing what is due. */
  async order(plan, due) {
    await this.open('plan');
    await this.choice(plan).click();
    await this.dialog.getByRole('row', { name: `Due now ${due}` }).waitFor();
    await this.dialog.getByRole('button', { name: `Order for ${due}` }).click();
    await this.invoice(due, 'Open until').waitFor();
  }

  /** Chooses a smaller plan, for when the period that is paid is over, and is told what there is less of then. */
  async downgrade(plan, ...less) {
    await this.open('plan');
    await this.choice(plan).click();
    await this.dialog
      .getByText(/^It begins with the next period, on .* Until then everything stays\.$/)
      .waitFor();
    await this.dialog.getByText('Nothing is due now.').waitFor();
    for (const text of less) await this.dialog.getByText(text).waitFor();
    await this.dialog.getByRole('button', { name: 'Change the plan' }).click();
    await this.page.getByText(new RegExp(`^From .* on it is ${plan}\\.$`)).waitFor();
  }

  /** Pays what was ordered: the operator marks it as paid, and the invoice says so. */
  async pay(operator, amount) {
    operator.paid();
    await this.open('invoices');
    await this.invoice(amount, 'Paid').waitFor();
  }

  /** An invoice on the screen, by its amount and state. */
  invoice(amount, state) {
    return this.page.getByRole('row').filter({ hasText: amount }).filter({ hasText: state });
  }

  /** Asks the operator for what is not sold. */
  async ask(text) {
    await this.dialog.getByLabel('What you need').fill(text);
    await this.dialog.getByRole('button', { name: 'Send' }).click();
    await this.page.getByRole('listitem').filter({ hasText: text }).getByText('Waits').waitFor();
  }

  /** Begins to invite: the dialog says what these would cost, or why there is no seat for them. */
  async invite(...names) {
    await this.open('members?add=mail');
    const addresses = names.map((name) => `${name.toLowerCase()}@example.com `);
    await this.dialog.getByRole('textbox').first().fill(addresses.join(''));
  }

  /** Sends what was begun; those who are asked join. */
  async send(...names) {
    const button = names.length > 1 ? `Send ${names.length} invitations` : 'Send invitation';
    await this.dialog.getByRole('button', { name: button }).click();
    await this.dialog.waitFor({ state: 'hidden' });
    await Promise.all(
      names.map(async (name) => {
        const invitation_token = await this.scene.mailed(`${name.toLowerCase()}@example.com`, '/invite/');
        return this.scene.signUp(name, { invitation_token });
      }),
    );
  }
}

async function cookieIn(page) {
  const [{ name, value }] = await page.context().cookies();
  return `${name}=${value}`;
}

/** Who runs the server, on its command line. */
export class Operator {
  constructor(scene) {
    this.folder = scene.folder;
  }

  /** States prices, in minor units by the month, that a catalogue which comes with the program leaves open. */
  statePrices(catalogue, prices, change = (text) => text) {
    const shipped = operate(this.folder, 'catalogue', 'show', catalogue);
    const priced = Object.entries(prices).reduce(
      (text, [plan, monthly]) =>
        text.replace(
          new RegExp(`(id = "${plan}"[^[]*?\\nmonthly = )"\\w+"(\\nyearly = )"\\w+"`),
          `$1${monthly}$2${monthly * 10}`,
        ),
      shipped.replace(/^version = .*/m, 'version = 2'),
    );
    const file = join(this.folder, `${catalogue}.toml`);
    writeFileSync(file, change(priced));
    operate(this.folder, 'catalogue', 'load', file);
  }

  /** Puts a workspace on a plan; of a catalogue that is named, of its newest version. */
  assign({ person }, plan, catalogue) {
    const newest = catalogue ? ['--catalogue', catalogue] : [];
    operate(this.folder, 'plan', 'assign', '--workspace', person.workspace, ...newest, plan);
  }

  /** Corrects a pool of credits. */
  adjust({ person }, credits) {
    command(this.folder, 'ledger', 'adjust', person.workspace, String(credits), `--key=${credits}`);
  }

  /** Marks every open invoice as paid. */
  paid() {
    const open = operate(this.folder, 'invoices', 'list').matchAll(/^(\S+) {2}"/gm);
    for (const [, number] of open) operate(this.folder, 'invoices', 'pay', number);
  }
}
