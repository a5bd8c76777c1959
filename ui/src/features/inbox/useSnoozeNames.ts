import { useLingui } from '@lingui/react/macro';
import type { SnoozePreset } from './snooze';

export function useSnoozeNames(): Record<SnoozePreset, string> {
  const { t } = useLingui();
  return { later: t`Later today`, tomorrow: t`Tomorrow`, monday: t`Monday`, week: t`In a week` };
}
