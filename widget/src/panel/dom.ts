type Child = Node | string | null | undefined | false;
type Attributes = Record<string, string | number | boolean | null | undefined>;

/** Makes an element. Text stays text: nothing here parses HTML. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  setAttributes(element, attributes);
  element.append(...children.filter((child): child is Node | string => Boolean(child)));
  return element;
}

export function setAttributes(element: Element, attributes: Attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
}

const PATHS = {
  clip: 'm20 11.5-8.3 8.3a5 5 0 0 1-7.1-7.1l8.4-8.4a3.4 3.4 0 0 1 4.8 4.8l-8.4 8.3a1.7 1.7 0 0 1-2.4-2.4l7.7-7.6',
  close: 'M6 6l12 12M18 6 6 18',
  chevron: 'm6 9 6 6 6-6',
  down: 'M12 5v14m-6-6 6 6 6-6',
  file: 'M14 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8Zm0 0v5h5',
  retry: 'M20 11a8 8 0 1 0-2.3 6.2M20 5v6h-6',
  send: 'M12 19V5m-6 6 6-6 6 6',
};

export function icon(name: keyof typeof PATHS): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  setAttributes(svg, { viewBox: '0 0 24 24', 'aria-hidden': 'true', class: 'icon' });
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}

export function iconButton(name: keyof typeof PATHS, label: string, className = '') {
  return h(
    'button',
    { type: 'button', class: `icon-button ${className}`, 'aria-label': label, title: label },
    icon(name),
  );
}

const LINK = /https?:\/\/[^\s<>"'`]+/gi;

/** Text with its web addresses clickable. */
export function linkified(text: string): (Node | string)[] {
  const parts: (Node | string)[] = [];
  let end = 0;
  for (const match of text.matchAll(LINK)) {
    const address = trimmed(match[0]);
    if (!URL.canParse(address)) continue;
    parts.push(
      text.slice(end, match.index),
      h('a', { href: address, target: '_blank', rel: 'noopener noreferrer' }, address),
    );
    end = match.index + address.length;
  }
  parts.push(text.slice(end));
  return parts.filter((part) => part !== '');
}

/** Punctuation after an address belongs to the sentence, as does a bracket opened before it. */
function trimmed(address: string): string {
  const cut = address.replace(/[.,;:!?…]+$/, '');
  const unbalanced = cut.endsWith(')') && cut.split('(').length < cut.split(')').length;
  return unbalanced ? trimmed(cut.slice(0, -1)) : cut;
}

export interface Row {
  key: string;
  /** Another version makes a new element. */
  version: string;
  make(): HTMLElement;
  /** Changes that keep the element. */
  update?(element: HTMLElement): void;
}

/** Makes the children of `list` match `rows`, touching only what differs. */
export function createRows(list: HTMLElement) {
  let shown = new Map<string, { version: string; element: HTMLElement }>();

  return (rows: Row[]) => {
    const next: typeof shown = new Map();
    for (const row of rows) {
      const known = shown.get(row.key);
      const element = known?.version === row.version ? known.element : row.make();
      row.update?.(element);
      next.set(row.key, { version: row.version, element });
    }
    for (const [key, { element }] of shown) {
      if (next.get(key)?.element !== element) element.remove();
    }
    let place = list.firstElementChild;
    for (const { element } of next.values()) {
      if (element === place) place = place.nextElementSibling;
      else list.insertBefore(element, place);
    }
    shown = next;
  };
}
