import css from './Kbd.module.css';

const mac = typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.userAgent);
const symbols: Record<string, string> = {
  mod: mac ? '⌘' : 'Ctrl',
  shift: mac ? '⇧' : 'Shift',
  enter: '↵',
  escape: 'Esc',
  up: '↑',
  down: '↓',
};

/** Shows a shortcut such as `mod+enter`, or a sequence such as `g i`. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <span className={css.keys}>
      {keys.split(/[+ ]/).map((key) => (
        <kbd key={key} className={css.key}>
          {symbols[key] ?? key.toUpperCase()}
        </kbd>
      ))}
    </span>
  );
}
