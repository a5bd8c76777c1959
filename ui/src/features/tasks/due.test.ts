import { describe, expect, it } from 'vitest';
import { readTask } from './due';

/** A Thursday. */
const now = new Date(2026, 10, 26, 13, 0);
const at = (text: string, locale: string) => readTask(text, locale, now);

describe('a task as it is typed', () => {
  it.each([
    ['en', 'Call Inés fri 9am', 'Call Inés', new Date(2026, 10, 27, 9)],
    ['en', 'Send the offer tomorrow', 'Send the offer', new Date(2026, 10, 27, 17)],
    ['en', 'Ask again in 2 hours', 'Ask again', new Date(2026, 10, 26, 15)],
    ['en', 'Report by next monday', 'Report', new Date(2026, 10, 30, 17)],
    ['en', 'Call back thu 3pm', 'Call back', new Date(2026, 10, 26, 15)],
    ['es', 'Llamar a Inés vie 9am', 'Llamar a Inés', new Date(2026, 10, 27, 9)],
    ['es', 'Enviar la oferta mañana 10:30', 'Enviar la oferta', new Date(2026, 10, 27, 10, 30)],
    ['es', 'Preguntar pasado mañana', 'Preguntar', new Date(2026, 10, 28, 17)],
    ['es', 'Informe para el próximo lunes', 'Informe', new Date(2026, 10, 30, 17)],
  ])('%s: %s', (locale, text, title, due) => {
    expect(at(text, locale)).toEqual({ title, due });
  });

  it('without a date is due whenever', () => {
    expect(at('  Tidy up the macros ', 'en')).toEqual({ title: 'Tidy up the macros', due: null });
  });
});
