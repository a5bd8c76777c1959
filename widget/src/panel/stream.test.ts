import { expect, test } from 'vitest';
import { type Frame, parseEvents } from './stream';

async function read(chunks: string[]) {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(encoder.encode(chunk));
      controller.close();
    },
  });
  const frames: Frame[] = [];
  for await (const frame of parseEvents(body)) if (frame) frames.push(frame);
  return frames;
}

test('frames are whole however the network cuts them', async () => {
  const text =
    'id: 7\r\nevent: change\r\ndata: {"a":\r\ndata: "ñ"}\r\n\r\nevent: typing\ndata: {}\n\n';
  const expected = [
    { event: 'change', id: '7', data: '{"a":\n"ñ"}' },
    { event: 'typing', id: '7', data: '{}' },
  ];
  expect(await read([text])).toEqual(expected);
  expect(await read([...text])).toEqual(expected);
});

test('a heartbeat moves the place to resume from', async () => {
  expect(await read([': still here\nid: 12\n\n', ': nothing\n\n'])).toEqual([
    { event: 'message', id: '12', data: '' },
  ]);
});

test('an unfinished frame is no frame', async () => {
  expect(await read(['event: change\ndata: {}\n'])).toEqual([]);
});
