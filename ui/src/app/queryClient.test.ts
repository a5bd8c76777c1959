import { QueryObserver } from '@tanstack/react-query';
import { expect, it, vi } from 'vitest';
import { queryClient, readAgain } from './queryClient';

it('reads once more after a first answer that was on its way when the world changed', async () => {
  let answer: (data: string) => void = () => undefined;
  const queryFn = vi
    .fn<() => Promise<string>>()
    .mockReturnValueOnce(
      new Promise((resolve) => {
        answer = resolve;
      }),
    )
    .mockResolvedValue('after');
  const observer = new QueryObserver(queryClient, { queryKey: ['world'], queryFn });
  const stop = observer.subscribe(() => undefined);
  readAgain({ queryKey: ['world'] });
  answer('before');
  await vi.waitFor(() => expect(observer.getCurrentResult().data).toBe('after'));
  expect(queryFn).toHaveBeenCalledTimes(2);
  stop();
});
