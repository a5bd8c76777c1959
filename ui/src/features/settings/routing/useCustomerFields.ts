import { useLingui } from '@lingui/react/macro';
import type { RoutingCustomerField } from '@/api';

/** What of a customer a rule can look at. */
export function useCustomerFields(): Record<RoutingCustomerField, { label: string; example: string }> {
  const { t } = useLingui();
  return {
    email_domain: { label: t`the domain of their e-mail address`, example: 'example.com' },
    phone_prefix: { label: t`the beginning of their phone number`, example: '+34' },
    source: { label: t`how they came in`, example: 'website_chat' },
    identified: { label: t`vouched for by the website`, example: 'yes' },
  };
}
