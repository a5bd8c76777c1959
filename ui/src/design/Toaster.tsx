import { useLingui } from '@lingui/react/macro';
import { X } from 'lucide-react';
import { Toast as Radix } from 'radix-ui';
import { Button, IconButton } from './Button';
import { Kbd } from './Kbd';
import { createStore, useStore } from './store';
import css from './Toaster.module.css';

interface Toast {
  id: number;
  title: string;
  description?: string | undefined;
  tone?: 'neutral' | 'danger';
  action?: { label: string; keys?: string | undefined; run: () => void } | undefined;
}

const shown = createStore<Toast[]>([]);
const MOST = 2;
let nextId = 1;

/** Shows a message for six seconds; the newest two stay. */
export function toast(message: Omit<Toast, 'id'>): number {
  const id = nextId++;
  shown.set((toasts) => [...toasts, { ...message, id }].slice(-MOST));
  return id;
}

export function dismissToast(id: number) {
  shown.set((toasts) => toasts.filter((toast) => toast.id !== id));
}

export function Toaster() {
  const { t } = useLingui();
  const toasts = useStore(shown);
  return (
    <Radix.Provider duration={6000} label={t`Notification`} swipeDirection="down">
      {toasts.map((item) => (
        <Radix.Root
          key={item.id}
          className={css.toast}
          data-tone={item.tone}
          type="background"
          onOpenChange={(open) => !open && dismissToast(item.id)}
        >
          <div className={css.text}>
            <Radix.Title>{item.title}</Radix.Title>
            {item.description && (
              <Radix.Description className={css.description}>{item.description}</Radix.Description>
            )}
          </div>
          {item.action && (
            <Radix.Action altText={item.action.label} asChild>
              <Button size="s" variant="ghost" className={css.action} onClick={item.action.run}>
                {item.action.label}
                {item.action.keys && <Kbd keys={item.action.keys} />}
              </Button>
            </Radix.Action>
          )}
          <Radix.Close asChild>
            <IconButton size="s" label={t`Dismiss`} className={css.close}>
              <X size={14} aria-hidden="true" />
            </IconButton>
          </Radix.Close>
        </Radix.Root>
      ))}
      <Radix.Viewport className={css.viewport} label={t`Notifications ({hotkey})`} />
    </Radix.Provider>
  );
}
