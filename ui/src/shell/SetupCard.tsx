import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Check, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { type OnboardingItem, onboardingShowOptions } from '@/api';
import { paths } from '@/app/paths';
import { useBlockedHere, useWorkspaceId } from '@/app/session';
import { Button, cx, Dialog, useStore } from '@/design';
import css from './Rail.module.css';
import setup from './SetupCard.module.css';
import { setupDismissed } from './state';

/** What a step takes, where it takes a right. */
const rights: Partial<Record<OnboardingItem['key'], string>> = {
  paste_widget: 'channel.manage',
  invite_colleague: 'member.invite',
  answer_conversation: 'conversation.reply',
};

/** The first steps, until they are done or put away. They tick themselves off as things happen. */
export function SetupCard() {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const dismissed = useStore(setupDismissed);
  const [open, setOpen] = useState(false);
  const blocked = useBlockedHere();
  const { data, refetch } = useQuery({
    ...onboardingShowOptions({ path: { workspace_id: workspace } }),
    enabled: !dismissed && !blocked('conversation.view'),
  });
  // Steps for somebody else are no steps.
  const items = (data?.items ?? []).filter(({ key }) => !rights[key] || !blocked(rights[key]));
  const done = items.filter((item) => item.done).length;

  function show() {
    setOpen(true);
    void refetch();
  }

  if (dismissed || items.length === 0 || done === items.length) return null;

  return (
    <>
      <button type="button" className={css.setup} onClick={show}>
        <span className={css.setupText}>
          {t`Finish setting up`}
          <small className="tabular">{t`${done} of ${items.length}`}</small>
        </span>
        <progress className={css.bar} value={done} max={items.length} aria-label={t`Finish setting up`} />
      </button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={t`Finish setting up`}
        size="s"
        footer={
          <Button variant="ghost" onClick={() => setupDismissed.set(true)}>
            {t`Do not show this again`}
          </Button>
        }
      >
        <ul className={setup.steps}>
          {items.map((item) => (
            <Step key={item.key} item={item} onOpen={() => setOpen(false)} />
          ))}
        </ul>
      </Dialog>
    </>
  );
}

function Step({ item, onOpen }: { item: OnboardingItem; onOpen: () => void }) {
  const { t } = useLingui();
  const workspace = useWorkspaceId();
  const steps: Record<OnboardingItem['key'], { label: string; to: string }> = {
    paste_widget: { label: t`Put the chat on your website`, to: paths.settings(workspace, 'channels') },
    invite_colleague: { label: t`Invite a colleague`, to: paths.settings(workspace, 'members') },
    answer_conversation: { label: t`Answer a conversation`, to: paths.inbox(workspace) },
    verify_email: { label: t`Confirm your e-mail address`, to: paths.me('profile') },
  };
  const step = steps[item.key];
  return (
    <li>
      <Link to={step.to} className={cx(setup.step, item.done && setup.done)} onClick={onOpen}>
        <span className={setup.mark}>
          {item.done && <Check size={13} strokeWidth={3} aria-hidden="true" />}
        </span>
        {step.label}
        {item.done && <span className="visually-hidden">{t`(done)`}</span>}
        <ChevronRight size={15} className={setup.go} aria-hidden="true" />
      </Link>
    </li>
  );
}
