// What the interface says in a language, by its English text.
import { readdir, readFile } from 'node:fs/promises';

const catalogues = new URL('../src/locales/', import.meta.url);
const entry = /^msgid "(.+)"\nmsgstr "(.+)"$/gm;

/** Gives back a function from the English text to that of a language, from its catalogue. */
export async function wordsOf(locale) {
  const folder = new URL(`${locale}/`, catalogues);
  const files = (await readdir(folder)).filter((file) => file.endsWith('.po'));
  const texts = await Promise.all(files.map((file) => readFile(new URL(file, folder), 'utf8')));
  const words = new Map(texts.flatMap((text) => [...text.matchAll(entry)].map(([, id, said]) => [id, said])));
  return (text) => {
    const said = words.get(text);
    if (!said) throw new Error(`“${text}” is in no catalogue of ${locale}`);
    return said;
  };
}
