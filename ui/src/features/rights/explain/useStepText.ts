import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react';
import type { ExplanationStep } from '../types';

const titles = {
  role: msg`Role`,
  permission_sets: msg`Permission sets`,
  seat_type: msg`Seat`,
  state: msg`Workspace`,
  plan: msg`Plan`,
  relation: msg`What it is about`,
  preview: msg`Preview`,
  key: msg`API key`,
};

/** A step in words: what is looked at, and what that gives. */
export function useStepText(): (step: ExplanationStep) => { title: string; detail: string } {
  const { _ } = useLingui();
  return (step) => ({ title: _(titles[step.step]), detail: step.detail });
}
