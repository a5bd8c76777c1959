interface Reply {
  shortcut: string;
  title: string;
  text: string;
}

/** Case and accents do not count. */
const folded = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();

/** Those that hold every word, wherever it stands. */
export function found<Each extends Reply>(replies: Each[], words: string): Each[] {
  const asked = folded(words).split(/\s+/).filter(Boolean);
  return replies.filter(({ shortcut, title, text }) => {
    const all = folded(`${shortcut} ${title} ${text}`);
    return asked.every((word) => all.includes(word));
  });
}
