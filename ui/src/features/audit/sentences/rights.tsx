import { Trans } from '@lingui/react/macro';
import type { Sentence } from './parts';

/** Roles and what hands out rights; the workspace itself. */
export const rights: Record<string, Sentence> = {
  'role.created': ({ who, what }) => (
    <Trans>
      {who} made the role {what}
    </Trans>
  ),
  'role.updated': ({ who, what }) => (
    <Trans>
      {who} changed the role {what}
    </Trans>
  ),
  'role.deleted': ({ who, what }) => (
    <Trans>
      {who} deleted the role {what}
    </Trans>
  ),
  'permission_set.created': ({ who, what }) => (
    <Trans>
      {who} made the permission set {what}
    </Trans>
  ),
  'permission_set.updated': ({ who, what }) => (
    <Trans>
      {who} changed the permission set {what}
    </Trans>
  ),
  'permission_set.deleted': ({ who, what }) => (
    <Trans>
      {who} deleted the permission set {what}
    </Trans>
  ),
  'policy_pack.switched': ({ who }) => <Trans>{who} switched the policy pack</Trans>,
  'api_key.created': ({ who, what }) => (
    <Trans>
      {who} made the API key {what}
    </Trans>
  ),
  'api_key.revoked': ({ who, what }) => (
    <Trans>
      {who} revoked the API key {what}
    </Trans>
  ),
  'preview.started': ({ who, what }) => (
    <Trans>
      {who} began to see the workspace as {what}
    </Trans>
  ),
  'preview.ended': ({ who, what }) => (
    <Trans>
      {who} stopped seeing the workspace as {what}
    </Trans>
  ),
  'workspace.created': ({ who }) => <Trans>{who} created the workspace</Trans>,
  'workspace.updated': ({ who }) => <Trans>{who} changed the settings of the workspace</Trans>,
  'workspace.deletion_scheduled': ({ who }) => <Trans>{who} scheduled the workspace for deletion</Trans>,
  'workspace.deletion_cancelled': ({ who }) => <Trans>{who} called off the deletion of the workspace</Trans>,
  'channel.created': ({ who, what }) => (
    <Trans>
      {who} set up {what}
    </Trans>
  ),
  'channel.updated': ({ who, what }) => (
    <Trans>
      {who} changed {what}
    </Trans>
  ),
  'channel.identity_secret_rotated': ({ who, what }) => (
    <Trans>
      {who} made a new identity secret for {what}
    </Trans>
  ),
};
