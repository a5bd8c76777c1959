import { useLingui } from '@lingui/react/macro';
import { useTitle } from '@/app/useTitle';
import { Page, RadioGroup, Section, useStore } from '@/design';
import { setTheme, theme } from '@/design/theme';
import { compactRows } from '@/shell/state';
import { ThemePicture } from './ThemePicture';

export default function AppearancePage() {
  const { t } = useLingui();
  const current = useStore(theme);
  const compact = useStore(compactRows);
  useTitle(t`Appearance`);
  return (
    <Page title={t`Appearance`} description={t`Kept on this device.`}>
      <Section title={t`Theme`}>
        <RadioGroup
          legend={t`Theme`}
          hideLegend
          name="theme"
          value={current}
          onChange={setTheme}
          options={[
            { value: 'system', label: t`Like the system`, picture: <ThemePicture theme="system" /> },
            { value: 'light', label: t`Light`, picture: <ThemePicture theme="light" /> },
            { value: 'dark', label: t`Dark`, picture: <ThemePicture theme="dark" /> },
          ]}
        />
      </Section>
      <Section title={t`Rows of the inbox`}>
        <RadioGroup
          legend={t`Rows of the inbox`}
          hideLegend
          name="density"
          value={compact ? 'compact' : 'cozy'}
          onChange={(density) => compactRows.set(density === 'compact')}
          options={[
            { value: 'cozy', label: t`Roomy`, hint: t`Three lines each: easy to read.` },
            { value: 'compact', label: t`Compact`, hint: t`Two lines each: more at a glance.` },
          ]}
        />
      </Section>
    </Page>
  );
}
