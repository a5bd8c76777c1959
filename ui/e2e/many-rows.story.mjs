// A list of ten thousand conversations: it scrolls without a gap and without tiring the machine.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { multiply } from './many.mjs';
import { Inbox } from './screens.mjs';
import { eventually, stage } from './stage.mjs';

const many = 10_000;
/** What fast scrolling is: this far from one frame to the next, in pixels, for so many frames. */
const step = 220;
const frames = 100;
/** The main thread's own work per frame, in milliseconds of processor time: what others take does not count. */
const bar = 24;

test(`a list of ${many} conversations scrolls smoothly, in both densities`, async (story) => {
  const scene = await stage(story);
  const ann = await scene.signUp('Ann');
  await scene.arrive(ann, { name: 'Vera Lindqvist', text: 'Is anybody there?' });
  await scene.server.kill();
  multiply(scene.folder, many);
  await scene.server.start();
  const page = await scene.window(ann);
  const inbox = new Inbox(page, ann);

  await scene.chapter('all of them can be reached, and only what is in sight is drawn', async () => {
    await inbox.open();
    await inbox.view('All open 10,001').waitFor();
    const last = page.locator('main [role=listitem][aria-setsize="10001"]').first();
    const toEnd = () =>
      page.locator('main [role=list]').evaluate((list) => {
        list.parentElement.scrollTop = list.parentElement.scrollHeight;
      });
    await eventually(
      'the end of the list',
      async () => {
        await toEnd();
        return last.isVisible();
      },
      60_000,
    );
    assert.ok((await inbox.rows.count()) <= 45);
  });

  for (const density of ['cozy', 'compact']) {
    await scene.chapter(`${density}: no blank frame, and the work of a frame fits`, async () => {
      await page.locator(`main [data-density=${density}]`).waitFor();
      const { blank, work } = await scroll(page);
      console.log(`${density}: ${blank} of ${frames} frames blank, ${work.toFixed(1)} ms of work per frame`);
      assert.equal(blank, 0);
      assert.ok(work <= bar, `${work} ms of work per frame`);
      await page.keyboard.press('d');
    });
  }
});

/** Scrolls fast from the top. Counts the frames with a gap in sight, and the work of the main thread per frame. */
async function scroll(page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const worked = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration').value * 1000;
  };
  await page.locator('main [role=list]').evaluate((list) => list.parentElement.scrollTo(0, 0));
  const before = await worked();
  const blank = await page.evaluate(
    async ({ step, frames }) => {
      const list = document.querySelector('main [role=list]');
      const box = list.parentElement;
      const frame = () => new Promise((next) => requestAnimationFrame(next));
      /** Whether the rows that are drawn leave none of what is in sight uncovered. */
      const covered = () => {
        const sight = box.getBoundingClientRect();
        const edges = [...list.children]
          .map((row) => row.getBoundingClientRect())
          .sort((a, b) => a.top - b.top);
        let reached = sight.top + 1;
        for (const { top, bottom } of edges) if (top <= reached) reached = Math.max(reached, bottom);
        return reached >= sight.bottom;
      };
      // The jump to the top is none of the scrolling.
      do await frame();
      while (!covered());
      let blank = 0;
      for (let at = 0; at < frames; at++) {
        await frame();
        box.scrollTop += step;
        // What is drawn now is what this frame shows: the list hears of the scrolling in the next one.
        if (!covered()) blank++;
      }
      return blank;
    },
    { step, frames },
  );
  return { blank, work: ((await worked()) - before) / frames };
}
