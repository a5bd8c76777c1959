import { useLingui } from '@lingui/react/macro';

/** What can stand in a canned response and is filled when it is used. */
export function useVariables(): { name: string; label: string }[] {
  const { t } = useLingui();
  return [
    { name: 'customer.first_name', label: t`First name of the customer` },
    { name: 'customer.name', label: t`Name of the customer` },
    { name: 'customer.email', label: t`E-mail of the customer` },
    { name: 'me.first_name', label: t`My first name` },
    { name: 'me.name', label: t`My name` },
    { name: 'workspace.name', label: t`Name of the workspace` },
  ];
}
