// What axe finds on a screen, in a dialog or in a menu: in both schemes, wide and on a phone, in both languages.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { wordsOf } from './words.mjs';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** A language and a size each; every screen is looked at in both schemes. */
const looks = {
  en: { locale: 'en', viewport: { width: 1440, height: 900 } },
  es: { locale: 'es', viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
};

/** What was found since the last look. */
const found = [];

/**
 * Goes through screens once for each look, as a part of the story. `visit` gets how to open a window of somebody, what
 * the interface says in the language, and the language.
 */
export async function inEachLook(scene, visit) {
  for (const [locale, look] of Object.entries(looks)) {
    await scene.chapter(locale, async () => {
      const windowOf = async (person) => {
        if (person) await scene.call('PATCH', '/api/v1/me', { locale }, { cookie: person.cookie });
        const page = await scene.window(person, look);
        await page.addInitScript(axe);
        return page;
      };
      await visit(windowOf, await wordsOf(locale), locale);
      assert.deepEqual(found.splice(0), []);
    });
  }
}

/** Inspects the open dialog and closes it. */
export async function inspectDialog(page, name) {
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await inspect(page, name, '[role=dialog]');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
}

/** Opens every menu button in sight, one after the other. */
export async function inspectMenus(page, where) {
  const buttons = page.locator('[aria-haspopup=menu]:visible');
  const count = await buttons.count();
  assert.ok(count > 0, `${where} has menus`);
  for (let at = 0; at < count; at++) {
    await buttons.nth(at).click();
    await page.getByRole('menu').waitFor();
    await inspect(page, `menu ${at + 1} of ${where}`, '[role=menu]');
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'hidden' });
  }
}

/** Notes what axe finds within: everything in the light, and what depends on colours in the dark too. */
export async function inspect(page, name, within = 'html') {
  // A screen is there when nothing on it is still on its way.
  await page.locator('h1:visible, h2:visible').first().waitFor();
  await page.locator('[aria-busy=true]').waitFor({ state: 'detached' });
  for (const [colorScheme, runOnly] of [
    ['light', { type: 'tag', values: tags }],
    ['dark', { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }],
  ]) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const violations = await page.evaluate(runAxe, { within, colorScheme, runOnly });
    for (const { id, html } of violations) found.push(`${name}, ${colorScheme}, ${id}: ${html}`);
  }
}

/** In the page: what axe finds, once the scheme is shown and nothing fades from one look to another. */
async function runAxe({ within, colorScheme, runOnly }) {
  const shown = matchMedia(`(prefers-color-scheme: ${colorScheme})`);
  const fades = () =>
    document.getAnimations().some((each) => each.effect.getComputedTiming().endTime !== Infinity);
  do await new Promise((painted) => requestAnimationFrame(painted));
  while (!shown.matches || fades());
  const { violations } = await window.axe.run(within, { runOnly });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => ({ id, html })));
}
