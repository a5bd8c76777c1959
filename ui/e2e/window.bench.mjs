// How the inbox feels with 100,000 open conversations and 50 members: from a key to the frame that shows what it did,
// and the main thread while the list is scrolled. Writes bench/window.json.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { multiply } from './many.mjs';
import { Inbox } from './screens.mjs';
import { stage } from './stage.mjs';

const many = 100_000;
const members = 50;
const times = 40;
const report = fileURLToPath(new URL('../../bench/window.json', import.meta.url));

test('the inbox under very many conversations', async (story) => {
  const scene = await stage(story);
  const ann = await scene.signUp('Ann');
  await scene.arrive(ann, { name: 'Vera Lindqvist', text: 'Is anybody there?' });
  for (let seat = 1; seat < members; seat += 1) await scene.join(ann, `Member${seat}`, 'agent');
  await scene.server.kill();
  multiply(scene.folder, many);
  await scene.server.start();
  const page = await scene.window(ann);
  const inbox = new Inbox(page, ann);
  await inbox.open();
  await inbox.view('All open 100,001').waitFor();
  await page.keyboard.press('j');
  await inbox.message('Is anybody there?').waitFor();
  await page.evaluate(watch);

  const figures = { open_ms: [], label_ms: [], assign_ms: [], close_ms: [] };
  for (let time = 0; time < times; time += 1) {
    figures.open_ms.push(await press(page, 'j', 'another conversation'));
    figures.assign_ms.push(await press(page, 'i', 'mine'));
    await page.keyboard.press('l');
    const label = page.getByRole('menuitemcheckbox').first();
    await label.focus();
    figures.label_ms.push(await press(page, 'Enter', 'labelled'));
    await page.keyboard.press('Escape');
    figures.close_ms.push(await press(page, 'e', 'another conversation'));
  }
  const long = await scroll(page);
  const found = {
    at: new Date().toISOString(),
    conversations: many + 1,
    members,
    times,
    ...Object.fromEntries(Object.entries(figures).map(([name, all]) => [name, quantiles(all)])),
    long_tasks_while_scrolling: long,
  };
  console.log(JSON.stringify(found, null, 2));
  await writeFile(report, `${JSON.stringify(found, null, 2)}\n`);
  for (const name of Object.keys(figures)) assert.equal(figures[name].length, times);
});

/** Presses a key; gives the milliseconds until the frame in which the window shows what it did. */
async function press(page, key, what) {
  const shown = page.evaluate((what) => window.measured(what), what);
  await page.keyboard.press(key);
  return shown;
}

/** Runs in the window: measures from the next key to the end of the frame in which something is to be seen. */
function watch() {
  const header = () => document.querySelector('main header h2')?.parentElement;
  const title = () => header()?.querySelector('h2')?.textContent;
  const sights = {
    'another conversation': (before) =>
      title() !== before && document.querySelector('#messages article') !== null,
    mine: () => header()?.textContent.includes('Assigned to you'),
    labelled: () => document.querySelector('[role=menuitemcheckbox][aria-checked=true]') !== null,
  };
  window.measured = (what) =>
    new Promise((resolve) => {
      const before = title();
      const start = (event) => {
        const began = event.timeStamp;
        const look = () => {
          if (!sights[what](before)) return requestAnimationFrame(look);
          // The frame is drawn when the task after it runs.
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve(performance.now() - began);
          port2.postMessage(null);
        };
        requestAnimationFrame(look);
      };
      addEventListener('keydown', start, { capture: true, once: true });
    });
}

/** Scrolls through the list; gives the lengths of the tasks that held the main thread for more than 50 ms. */
async function scroll(page) {
  return page.evaluate(async () => {
    const long = [];
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) long.push(Math.round(entry.duration));
    });
    observer.observe({ type: 'longtask' });
    const box = document.querySelector('main [role=list]').parentElement;
    for (let frame = 0; frame < 200; frame += 1) {
      await new Promise((next) => requestAnimationFrame(next));
      box.scrollTop += 168;
    }
    observer.disconnect();
    return long;
  });
}

function quantiles(all) {
  const sorted = all.toSorted((a, b) => a - b);
  const at = (share) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] * 10) / 10;
  return { p50: at(0.5), p95: at(0.95) };
}
