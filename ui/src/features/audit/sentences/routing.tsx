import { Trans } from '@lingui/react/macro';
import type { Sentence } from './parts';

/** Routing rules: where conversations go by themselves. */
export const routing: Record<string, Sentence> = {
  'routing_rule.created': ({ who, what }) => (
    <Trans>
      {who} made the routing rule {what}
    </Trans>
  ),
  'routing_rule.updated': ({ who, what }) => (
    <Trans>
      {who} changed the routing rule {what}
    </Trans>
  ),
  'routing_rule.deleted': ({ who, what }) => (
    <Trans>
      {who} deleted the routing rule {what}
    </Trans>
  ),
  'routing_rule.ordered': ({ who }) => <Trans>{who} put the routing rules into another order</Trans>,
};
