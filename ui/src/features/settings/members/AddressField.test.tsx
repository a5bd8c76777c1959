import { cleanup, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { renderInApp } from '@/test/render';
import { AddressField } from './AddressField';

let shown: string[] = [];

function Harness() {
  const [addresses, setAddresses] = useState<string[]>([]);
  const [text, setText] = useState('');
  shown = addresses;
  return (
    <AddressField
      addresses={addresses}
      onChange={setAddresses}
      text={text}
      onText={setText}
      refused={new Map([['bo@a.test', 'A member already.']])}
    />
  );
}

const field = () => screen.getByLabelText('E-mail addresses');

beforeEach(() => void renderInApp(<Harness />));
afterEach(cleanup);

it('takes an address at a comma, a blank and Enter, and each once', async () => {
  await userEvent.type(field(), 'ann@a.test,bo@a.test vic@a.test{Enter}ann@a.test,');
  expect(shown).toEqual(['ann@a.test', 'bo@a.test', 'vic@a.test']);
});

it('splits a pasted list', async () => {
  await userEvent.click(field());
  await userEvent.paste('Ann <ann@a.test>; bo@a.test\nvic@a.test');
  expect(shown).toEqual(['ann@a.test', 'bo@a.test', 'vic@a.test']);
});

it('gives the last one back to be mended, and takes any out by its button', async () => {
  await userEvent.type(field(), 'ann@a.test,bo@a.test,{Backspace}');
  expect(shown).toEqual(['ann@a.test']);
  expect(field()).toHaveProperty('value', 'bo@a.test');
  await userEvent.click(screen.getByRole('button', { name: 'Take ann@a.test out' }));
  expect(shown).toEqual(['bo@a.test']);
});

it('says of each one what is wrong with it', async () => {
  await userEvent.type(field(), 'bo@a.test,nonsense,');
  expect(screen.getByTitle('A member already.').textContent).toContain('bo@a.test');
  expect(screen.getByTitle('This is no e-mail address.').textContent).toContain('nonsense');
});
