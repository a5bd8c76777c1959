import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Frame, followEvents } from './stream';

/** The stream as a browser knows it, told by the test. */
class Source extends EventTarget {
  static CLOSED = 2;
  static opened: Source[] = [];
  readyState = 1;

  constructor(readonly url: string) {
    super();
    Source.opened.push(this);
  }

  tell(event: string, data: unknown) {
    this.dispatchEvent(new MessageEvent(event, { data: JSON.stringify(data) }));
  }

  close() {
    this.readyState = Source.CLOSED;
  }
}

let frames: Frame['event'][] = [];
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('EventSource', Source);
  const locks = { request: (_name: string, _options: object, held: () => Promise<void>) => held() };
  vi.stubGlobal('navigator', { locks });
  Source.opened = [];
  frames = [];
  stop = followEvents('w1', ({ event }) => frames.push(event));
});
afterEach(() => {
  stop();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const newest = () => Source.opened.at(-1) as Source;
const told = () => frames.splice(0);

it('goes on where it was after a break', () => {
  newest().tell('ready', { seq: 7 });
  expect(told()).toEqual(['ready', 'reset']);
  newest().dispatchEvent(new Event('error'));
  expect(told()).toEqual(['down']);
  vi.advanceTimersByTime(3000);
  expect(newest().url).toMatch(/\?last_event_id=7$/);
});

it('listens again after it was closed, as if for the first time: what may be seen can be something else', () => {
  newest().tell('ready', { seq: 7 });
  told();
  newest().tell('closed', { code: 'forbidden' });
  expect(told()).toEqual(['closed']);
  vi.advanceTimersByTime(3000);
  expect(Source.opened).toHaveLength(2);
  expect(newest().url).toMatch(/\/events$/);
  newest().tell('ready', { seq: 9 });
  expect(told()).toEqual(['ready', 'reset']);
});

it('listens no more once nobody wants to know', () => {
  newest().tell('closed', { code: 'session.ended' });
  stop();
  vi.advanceTimersByTime(3000);
  expect(Source.opened).toHaveLength(1);
});

it('says nothing more once it was stopped, also not by a frame that comes after', () => {
  stop();
  stop = followEvents('w1', ({ event }) => {
    frames.push(event);
    if (event === 'down') stop();
  });
  const post = vi.spyOn(BroadcastChannel.prototype, 'postMessage');
  newest().readyState = Source.CLOSED;
  newest().dispatchEvent(new Event('error'));
  expect(told()).toEqual(['down']);
  expect(post).toHaveBeenCalledOnce();
  post.mockRestore();
});
