// How the inbox feels with 100,000 open conversations and 49 colleagues at work: from a key to the frame that shows
// what it did, and what holds the main thread meanwhile and while the list is scrolled. Writes bench/window.json.
import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Colleagues } from './colleagues.mjs';
import { multiply } from './many.mjs';
import { Inbox } from './screens.mjs';
import { stage } from './stage.mjs';

const many = 100_000;
const colleagues = 49;
/** How often everything is done: with the first pages of the list in the window, and with all of it. */
const times = { first_pages: 40, whole_list: 20 };
/** Between two keys a person looks at what the first one did. */
const LOOK_MS = 250;
const root = fileURLToPath(new URL('../..', import.meta.url));

test('the inbox under very many conversations, among colleagues', async (story) => {
  const load_before = loadavg();
  const scene = await stage(story);
  const ann = await scene.signUp('Ann');
  await scene.arrive(ann, { name: 'Vera Lindqvist', text: 'Is anybody there?' });
  const people = [];
  for (let seat = 1; seat <= colleagues; seat += 1)
    people.push(await scene.join(ann, `Member${seat}`, 'agent'));
  await scene.server.kill();
  multiply(scene.folder, many);
  await scene.server.start();

  const page = await scene.window(ann);
  const inbox = new Inbox(page, ann);
  await inbox.open();
  await inbox.view('All open 100,001').waitFor();
  await inbox.row('Vera Lindqvist').waitFor();
  await page.keyboard.press('j');
  await inbox.message('Is anybody there?').waitFor();
  await page.evaluate(watch);
  const { ms: calibration_ms } = await page.evaluate(calibrate);

  const work = new Colleagues(scene, {
    owner: ann,
    people,
    conversations: await oldest(scene, ann),
    label: (await scene.as(ann, 'GET', 'labels')).items[0].id,
  });
  const began = performance.now();
  const first_pages = { ...(await interact(page, times.first_pages)), ...(await scroll(page)) };
  const loading = await loadAll(page);
  const whole_list = { loading, ...(await interact(page, times.whole_list)), ...(await scroll(page)) };
  const seconds = (performance.now() - began) / 1000;
  await work.end();

  const perSecond = Object.entries(work.done).map(([name, count]) => [name, rounded(count / seconds)]);
  const found = {
    at: new Date().toISOString(),
    commit: head(),
    load_before,
    load_after: loadavg(),
    calibration_ms,
    conversations: many + 1,
    colleagues: { colleagues, per_second: Object.fromEntries(perSecond) },
    times,
    first_pages,
    whole_list,
    bars: bars({ first_pages, whole_list }),
  };
  console.log(JSON.stringify(found, null, 2));
  await writeFile(`${root}bench/window.json`, `${JSON.stringify(found, null, 2)}\n`);
});

/** The commit that is measured. */
function head() {
  return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
}

/** What was asked of it, and whether it holds. */
function bars(parts) {
  return Object.entries(parts).flatMap(([part, found]) => {
    const bar = (what, value, at_most) => ({
      what: `${part}: ${what}`,
      at_most,
      value,
      holds: value <= at_most,
    });
    const tasks = ['long_tasks_while_working', 'long_tasks_while_scrolling'];
    return [
      ...Object.keys(keys).map((name) => bar(`${name} p95`, found[name].p95, 100)),
      ...tasks.map((name) => bar(name, found[name].length, 0)),
      bar('rows_drawn', found.rows_drawn, 45),
    ];
  });
}

/** Conversations from the far end of the list, where nobody looks meanwhile. */
async function oldest(scene, person) {
  const found = [];
  for (let cursor = ''; found.length < 400; ) {
    const query = `conversations?status=open&sort=oldest&limit=100${cursor && `&cursor=${cursor}`}`;
    const { items, next_cursor } = await scene.as(person, 'GET', query);
    found.push(...items.map(({ id }) => id));
    cursor = encodeURIComponent(next_cursor);
  }
  return found;
}

/** What is pressed, and what is then to be seen. */
const keys = {
  open_ms: ['j', 'another conversation'],
  assign_ms: ['i', 'mine'],
  label_ms: ['Enter', 'labelled'],
  close_ms: ['e', 'another conversation'],
};

/** Goes through the list as somebody does who answers it: the next one, mine, labelled, done. */
async function interact(page, times) {
  const taken = Object.fromEntries(Object.keys(keys).map((name) => [name, []]));
  await page.evaluate(() => window.longTasks.splice(0));
  for (let time = 0; time < times; time += 1) {
    for (const [name, [key, what]] of Object.entries(keys)) {
      const labels = name === 'label_ms';
      if (labels) {
        await page.keyboard.press('l');
        await page.getByRole('menuitemcheckbox').first().focus();
      }
      taken[name].push(await press(page, key, what));
      if (labels) {
        await page.keyboard.press('Escape');
        await page.getByRole('menu').waitFor({ state: 'hidden' });
      }
    }
  }
  const long_tasks_while_working = await page.evaluate(() => window.longTasks.splice(0));
  const figures = Object.entries(taken).map(([name, all]) => [name, quantiles(all)]);
  return { ...Object.fromEntries(figures), long_tasks_while_working };
}

/** Goes on to the end until every page of the list is there, and back to where it begins. */
async function loadAll(page) {
  return page.evaluate(async (many) => {
    window.longTasks.splice(0);
    const began = performance.now();
    const box = document.querySelector('main [role=list]').parentElement;
    const last = () => box.querySelector('[role=listitem]:last-child');
    while (last().ariaSetSize === '-1') {
      if (performance.now() - began > 180_000) throw new Error(`not all of ${many} were there`);
      await new Promise((next) => requestAnimationFrame(next));
      box.scrollTop = box.scrollHeight;
    }
    const seconds = Math.round((performance.now() - began) / 1000);
    const tasks = window.longTasks.splice(0);
    box.scrollTop = 0;
    return { seconds, long_tasks: tasks.length, longest_task: Math.max(0, ...tasks) };
  }, many);
}

/** Presses a key after a look; gives the milliseconds until the frame in which the window shows what it did. */
async function press(page, key, what) {
  await pause(LOOK_MS);
  // Only once the window listens: the key takes a way of its own there and would come first.
  await page.evaluate((what) => window.expect(what), what);
  await page.keyboard.press(key);
  return page.evaluate(() => window.shown);
}

/** Runs in the window: keeps the lengths of tasks over 50 ms, and measures from a key to the end of a frame. */
function watch() {
  window.longTasks = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.longTasks.push(Math.round(entry.duration));
  }).observe({ type: 'longtask' });

  const header = () => document.querySelector('main header h2')?.parentElement;
  const title = () => header()?.querySelector('h2')?.textContent;
  const sights = {
    'another conversation': (before) =>
      title() !== before && document.querySelector('#messages article') !== null,
    mine: () => header()?.textContent.includes('Assigned to you'),
    labelled: () => document.querySelector('[role=menuitemcheckbox][aria-checked=true]') !== null,
  };
  window.expect = (what) => {
    const before = title();
    if (what !== 'another conversation' && sights[what]()) throw new Error(`${what} beforehand`);
    window.shown = new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error(`${what}: it was not to be seen`)), 10_000);
      const start = ({ timeStamp }) => {
        const look = () => {
          if (!sights[what](before)) return requestAnimationFrame(look);
          // The frame is drawn when the task after it runs.
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve(performance.now() - timeStamp);
          port2.postMessage(null);
        };
        requestAnimationFrame(look);
      };
      addEventListener('keydown', start, { capture: true, once: true });
    });
  };
}

/** Runs in the window: the same work every time tells how fast the machine is at this moment. */
function calibrate() {
  const began = performance.now();
  let sum = 1;
  for (let at = 0; at < 2e7; at += 1) sum = Math.imul(sum ^ at, 31);
  return { sum, ms: Math.round(performance.now() - began) };
}

/** Scrolls fast through the list, past what was loaded so far: what held the main thread, and the most rows drawn. */
async function scroll(page) {
  return page.evaluate(async () => {
    window.longTasks.splice(0);
    const list = document.querySelector('main [role=list]');
    let rows_drawn = 0;
    for (let frame = 0; frame < 400; frame += 1) {
      await new Promise((next) => requestAnimationFrame(next));
      list.parentElement.scrollTop += 168;
      rows_drawn = Math.max(rows_drawn, list.children.length);
    }
    return { rows_drawn, long_tasks_while_scrolling: window.longTasks.splice(0) };
  });
}

function quantiles(all) {
  const sorted = all.toSorted((a, b) => a - b);
  const at = (share) => rounded(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]);
  return { p50: at(0.5), p95: at(0.95), most: at(1) };
}

const rounded = (value) => Math.round(value * 10) / 10;
