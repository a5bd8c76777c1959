import { InfiniteQueryObserver, QueryObserver } from '@tanstack/react-query';
import { beforeEach, expect, it, vi } from 'vitest';
import { patch, takeIn } from './patch';
import { queryClient } from './queryClient';

const queryKey = ['world'];

/** A query that somebody looks at, and its answers, given one by one. */
function watched() {
  const answers: ((data: string[]) => void)[] = [];
  const queryFn = () => new Promise<string[]>((resolve) => answers.push(resolve));
  const observer = new QueryObserver(queryClient, { queryKey, queryFn });
  observer.subscribe(() => undefined);
  const asked = (times: number) => vi.waitFor(() => expect(answers).toHaveLength(times));
  return { answer: (...data: string[]) => answers.at(-1)?.(data), asked };
}

const add = (word: string) =>
  patch<string[]>(queryKey, (words) => words && [...words.filter((each) => each !== word), word]);
const shows = (...words: string[]) =>
  vi.waitFor(() => expect(queryClient.getQueryData(queryKey)).toEqual(words));

beforeEach(() => queryClient.clear());

it('changes the first answer too, which was on its way', async () => {
  const { answer } = watched();
  add('new');
  answer('old');
  await shows('old', 'new');
});

it('changes the answer that comes after the change, and no later one', async () => {
  const { answer, asked } = watched();
  answer('old');
  await shows('old');
  void queryClient.invalidateQueries({ queryKey });
  await asked(2);
  add('new');
  expect(queryClient.getQueryData(queryKey)).toEqual(['old', 'new']);
  answer('old');
  await shows('old', 'new');
  void queryClient.invalidateQueries({ queryKey });
  await asked(3);
  answer('old');
  await shows('old');
});

it('keeps a change of the first page while the next one is on its way', async () => {
  let next: (data: string) => void = () => undefined;
  const observer = new InfiniteQueryObserver(queryClient, {
    queryKey,
    queryFn: ({ pageParam }) =>
      pageParam === 0 ? 'one' : new Promise<string>((resolve) => (next = resolve)),
    initialPageParam: 0,
    getNextPageParam: (_, pages) => pages.length,
  });
  observer.subscribe(() => undefined);
  const pages = (...expected: string[]) =>
    vi.waitFor(() => expect(queryClient.getQueryData(queryKey)).toMatchObject({ pages: expected }));
  await pages('one');
  void observer.fetchNextPage();
  patch<{ pages: string[] }>(
    queryKey,
    (data) => data && { ...data, pages: ['changed', ...data.pages.slice(1)] },
  );
  next('two');
  await pages('changed', 'two');
});

it('leaves what has to be read again to be read again', () => {
  queryClient.setQueryData(queryKey, ['old']);
  void queryClient.invalidateQueries({ queryKey });
  add('new');
  expect(queryClient.getQueryData(queryKey)).toEqual(['old', 'new']);
  expect(queryClient.getQueryState(queryKey)?.isInvalidated).toBe(true);
});

it('asks once more for what was on its way beside an answer that it takes in', async () => {
  const { answer, asked } = watched();
  answer('old');
  await shows('old');
  void queryClient.invalidateQueries({ queryKey });
  await asked(2);
  takeIn(queryKey, ['ours']);
  await asked(3);
  answer('theirs');
  await shows('theirs');
});
