import { useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import {
  Bell,
  ChevronsUpDown,
  Keyboard,
  LogOut,
  Monitor,
  Moon,
  Server,
  ShieldCheck,
  Sun,
  UserRound,
} from 'lucide-react';
import { paths } from '@/app/paths';
import { useMe, useMembership } from '@/app/session';
import { useChooseLocale } from '@/app/useChooseLocale';
import { useSignOut } from '@/app/useSignOut';
import { Avatar, Menu, MenuChoice, MenuItem, MenuSeparator, useStore } from '@/design';
import { setTheme, theme } from '@/design/theme';
import { type Locale, locales } from '@/i18n';
import { AvailabilityItems } from './AvailabilityItems';
import { PresenceDot } from './PresenceDot';
import css from './Rail.module.css';
import { overlay } from './state';
import { useAvailability } from './useAvailability';

export function MeMenu() {
  const { account } = useMe();
  const light = useMembership().seat_type === 'collaborator';
  const { availability } = useAvailability();
  const { t } = useLingui();
  const away = availability?.cause === 'idle' ? t`Away: no activity` : t`Away`;
  return (
    <Menu
      side="top"
      trigger={
        <button type="button" className={css.me}>
          <span className={css.face}>
            <Avatar name={account.name} light={light} />
            {availability && <PresenceDot status={availability.status} />}
          </span>
          <span className={css.name}>
            {account.name}
            <small>
              {availability ? (availability.status === 'away' ? away : t`Available`) : account.email}
            </small>
          </span>
          <ChevronsUpDown size={14} className={css.chevron} aria-hidden="true" />
          <span className="visually-hidden">{t`Your account`}</span>
        </button>
      }
    >
      <MeMenuItems />
    </Menu>
  );
}

/** What the account menu holds, in the rail and in the bottom bar of phones. */
export function MeMenuItems() {
  const { t, i18n } = useLingui();
  const navigate = useNavigate();
  const { is_operator } = useMe();
  const current = useStore(theme);
  const chooseLocale = useChooseLocale();
  const signOut = useSignOut();

  return (
    <>
      <AvailabilityItems />
      <MenuItem icon={<UserRound size={15} />} onSelect={() => void navigate({ to: paths.me('profile') })}>
        {t`Profile`}
      </MenuItem>
      <MenuItem icon={<ShieldCheck size={15} />} onSelect={() => void navigate({ to: paths.me('sessions') })}>
        {t`Sessions`}
      </MenuItem>
      <MenuItem icon={<Bell size={15} />} onSelect={() => void navigate({ to: paths.me('notifications') })}>
        {t`Notifications`}
      </MenuItem>
      <MenuItem icon={<Keyboard size={15} />} onSelect={() => overlay.set('shortcuts')}>
        {t`Keyboard shortcuts`}
      </MenuItem>
      <MenuSeparator />
      <MenuChoice
        label={t`Theme`}
        value={current}
        options={[
          { value: 'system', label: t`Like the system`, icon: <Monitor size={15} /> },
          { value: 'light', label: t`Light`, icon: <Sun size={15} /> },
          { value: 'dark', label: t`Dark`, icon: <Moon size={15} /> },
        ]}
        onChange={setTheme}
      />
      <MenuSeparator />
      <MenuChoice
        label={t`Language`}
        value={i18n.locale as Locale}
        options={Object.entries(locales).map(([value, label]) => ({ value: value as Locale, label }))}
        onChange={(locale) => void chooseLocale(locale)}
      />
      <MenuSeparator />
      {is_operator && (
        <MenuItem icon={<Server size={15} />} onSelect={() => void navigate({ to: paths.operator() })}>
          {t`Operate this server`}
        </MenuItem>
      )}
      <MenuItem icon={<LogOut size={15} />} onSelect={() => void signOut()}>
        {t`Sign out`}
      </MenuItem>
    </>
  );
}
